using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>A rule that steps in a direction, for a vector of numbers at a time.</summary>
internal interface ILayerwiseOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Takes the gradient, which is 0 where it is too small to be squared, into what is remembered.</summary>
    void Remember<V>(V gradient, ref V slot0, ref V slot1)
        where V : struct, ISimd<V, T>;

    /// <summary>The direction, to be subtracted.</summary>
    V Direction<V>(V value, V slot0, V slot1)
        where V : struct, ISimd<V, T>;
}

/// <summary>
/// Drives a rule whose steps are as long as the parameter is: <c>value = value - rate·(‖value‖ / ‖direction‖)·direction</c>; the ratio is 1 where a norm is 0 or NaN.
/// </summary>
/// <remarks>Norms must be known before the step, so it takes two passes and reads the values once more; directions are computed twice and not kept.</remarks>
internal static unsafe class LayerwiseUpdate
{
    public static void Run<T, TOperator>(TOperator rule, double rate, Span<T> value, ReadOnlySpan<T> gradient, Span<T> slot0, Span<T> slot1)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, ILayerwiseOperator<T>
    {
        fixed (T* pv = value, pg = gradient, p0 = slot0, p1 = slot1)
        {
            double values = SumOfSquares.Of<T>(value);
            double directions = SumOfSquares.Over<T, Directions<T, TOperator>>(value.Length, new(rule, pv, pg, p0, p1));
            double ratio = values > 0 && directions > 0 ? Math.Sqrt(values) / Math.Sqrt(directions) : 1;
            Sweep.Over<T, StepSweep<T, TOperator>>(value.Length, new(rule, T.CreateTruncating(rate * ratio), pv, p0, p1));
        }
    }

    private readonly struct Directions<T, TOperator>(TOperator rule, T* value, T* gradient, T* slot0, T* slot1) : ISquared<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, ILayerwiseOperator<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            V s0 = V.Load(slot0 + index), s1 = V.Load(slot1 + index);
            rule.Remember(Piecewise.Squarable<V, T>(V.Load(gradient + index)), ref s0, ref s1);
            V.Store(slot0 + index, s0);
            V.Store(slot1 + index, s1);
            return rule.Direction(V.Load(value + index), s0, s1);
        }
    }

    private readonly struct StepSweep<T, TOperator>(TOperator rule, T rate, T* value, T* slot0, T* slot1) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, ILayerwiseOperator<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            V v = V.Load(value + index);
            V.Store(value + index, v - (rate * rule.Direction(v, V.Load(slot0 + index), V.Load(slot1 + index))));
        }
    }
}
