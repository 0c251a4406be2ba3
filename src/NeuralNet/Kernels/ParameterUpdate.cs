using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>How a number of a parameter follows its gradient, for a vector of them at a time.</summary>
internal interface IUpdateOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Updates the value and what the rule remembers of it; a rule with fewer slots leaves the others alone.</summary>
    void Update<V>(ref V value, V gradient, ref V slot0, ref V slot1)
        where V : struct, ISimd<V, T>;
}

/// <summary>Drives a rule over a parameter in one pass over memory.</summary>
internal static unsafe class ParameterUpdate
{
    /// <summary>Slots that the rule does not have are left out.</summary>
    public static void Run<T, TOperator>(TOperator rule, Span<T> value, ReadOnlySpan<T> gradient, Span<T> slot0 = default, Span<T> slot1 = default)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, IUpdateOperator<T>
    {
        Debug.Assert(value.Length == gradient.Length && (slot0.IsEmpty || slot0.Length == value.Length) && (slot1.IsEmpty || slot1.Length == value.Length));
        fixed (T* pv = value, pg = gradient, p0 = slot0, p1 = slot1)
            Sweep.Over<T, UpdateSweep<T, TOperator>>(value.Length, new(rule, pv, pg, p0, p1));
    }

    private readonly struct UpdateSweep<T, TOperator>(TOperator rule, T* value, T* gradient, T* slot0, T* slot1) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, IUpdateOperator<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T>
        {
            V v = V.Load(value + index), s0 = slot0 == null ? default : V.Load(slot0 + index), s1 = slot1 == null ? default : V.Load(slot1 + index);
            rule.Update(ref v, V.Load(gradient + index), ref s0, ref s1);
            V.Store(value + index, v);
            if (slot0 != null)
                V.Store(slot0 + index, s0);
            if (slot1 != null)
                V.Store(slot1 + index, s1);
        }
    }
}
