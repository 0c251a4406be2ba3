using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Makes vectors orthonormal (modified Gram-Schmidt, done twice, which keeps them so to the last bits: Giraud, Langou and Rozložník 2005).</summary>
internal static class GramSchmidt
{
    /// <summary>How many partial sums a dot product has: enough to keep the processor busy, the same on every machine.</summary>
    private const int Partials = 8;

    /// <summary>Replaces linearly independent vectors, one after another in memory, by the Q of their QR decomposition whose R has a positive diagonal.</summary>
    public static void Orthonormalize(Span<double> vectors, int length)
    {
        Debug.Assert(vectors.Length % length == 0 && vectors.Length / length <= length);
        for (int start = 0; start < vectors.Length; start += length)
        {
            Span<double> vector = vectors.Slice(start, length);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int before = 0; before < start; before += length)
                    Add(-Dot(vectors.Slice(before, length), vector), vectors.Slice(before, length), vector);
            }

            double norm = Math.Sqrt(Dot(vector, vector));
            foreach (ref double value in vector)
                value /= norm;
        }
    }

    // Always in this order: product i goes to partial sum i modulo 8, then the partial sums are added in order.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Span<double> partials = stackalloc double[Partials];
        partials.Clear();
        int i = 0;
        for (; i <= x.Length - Partials; i += Partials)
        {
            for (int lane = 0; lane < Partials; lane++)
                partials[lane] = Math.FusedMultiplyAdd(x[i + lane], y[i + lane], partials[lane]);
        }

        for (int lane = 0; i < x.Length; i++, lane++)
            partials[lane] = Math.FusedMultiplyAdd(x[i], y[i], partials[lane]);

        double sum = 0;
        foreach (double partial in partials)
            sum += partial;
        return sum;
    }

    // y = y + a·x.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Add(double a, ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = Math.FusedMultiplyAdd(a, x[i], y[i]);
    }
}
