using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Adds numbers to numbers.</summary>
internal static unsafe class Addition
{
    /// <summary>z = x + y; z may be one of them.</summary>
    public static void Add<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(x.Length == y.Length && x.Length == z.Length);
        fixed (T* px = x, py = y, pz = z)
            Sweep.Over<T, AddSweep<T>>(x.Length, new(px, py, pz));
    }

    private readonly struct AddSweep<T>(T* x, T* y, T* z) : ISweep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int index)
            where V : struct, ISimd<V, T> => V.Store(z + index, V.Load(x + index) + V.Load(y + index));
    }
}
