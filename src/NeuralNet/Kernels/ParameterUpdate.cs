using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>How a number follows another, a parameter its gradient or an average its parameter, for a vector of them at a time.</summary>
internal interface IUpdateOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many numbers are remembered, 0 to 3. A constant, so that the pass is compiled for just as many.</summary>
    static abstract int SlotCount { get; }

    /// <summary>Whether gradients are squared. One that is too small for it comes as 0, so that it is neither in the root nor over it.</summary>
    static virtual bool SquaresGradient => false;

    /// <summary>Updates the value and what is remembered of it; slots from <see cref="SlotCount"/> on are left alone.</summary>
    void Update<V>(ref V value, V gradient, ref V slot0, ref V slot1, ref V slot2)
        where V : struct, ISimd<V, T>;
}

/// <summary>Drives a rule over a parameter in one pass over memory.</summary>
internal static unsafe class ParameterUpdate
{
    /// <summary>Slots that the rule does not have are left out.</summary>
    public static void Run<T, TOperator>(TOperator rule, Span<T> value, ReadOnlySpan<T> gradient, Span<T> slot0 = default, Span<T> slot1 = default, Span<T> slot2 = default)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, IUpdateOperator<T>
    {
        Debug.Assert(value.Length == gradient.Length);
        Debug.Assert(slot0.Length == (TOperator.SlotCount > 0 ? value.Length : 0));
        Debug.Assert(slot1.Length == (TOperator.SlotCount > 1 ? value.Length : 0));
        Debug.Assert(slot2.Length == (TOperator.SlotCount > 2 ? value.Length : 0));
        fixed (T* pv = value, pg = gradient, p0 = slot0, p1 = slot1, p2 = slot2)
            Sweep.Over<T, UpdateSweep<T, TOperator>>(value.Length, new(rule, pv, pg, p0, p1, p2));
    }

    private readonly struct UpdateSweep<T, TOperator>(TOperator rule, T* value, T* gradient, T* slot0, T* slot1, T* slot2) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, IUpdateOperator<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            V v = V.Load(value + index), g = V.Load(gradient + index);
            if (TOperator.SquaresGradient)
                g = Piecewise.Squarable<V, T>(g);
            V s0 = TOperator.SlotCount > 0 ? V.Load(slot0 + index) : default;
            V s1 = TOperator.SlotCount > 1 ? V.Load(slot1 + index) : default;
            V s2 = TOperator.SlotCount > 2 ? V.Load(slot2 + index) : default;
            rule.Update(ref v, g, ref s0, ref s1, ref s2);
            V.Store(value + index, v);
            if (TOperator.SlotCount > 0)
                V.Store(slot0 + index, s0);
            if (TOperator.SlotCount > 1)
                V.Store(slot1 + index, s1);
            if (TOperator.SlotCount > 2)
                V.Store(slot2 + index, s2);
        }
    }
}
