using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>What each row of a column adds to a sum.</summary>
internal interface IColumnTerm<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The terms of the rows from <paramref name="row"/> on, as many as the vector has lanes.</summary>
    V At<V>(int row)
        where V : struct, ISimd<V, T>;
}

/// <summary>A sum down a long column in a fixed order, the same for every vector width.</summary>
/// <remarks>
/// Row i is added to partial sum i modulo 64; then partial sum j takes in j + 32, then j + 16, j + 8, j + 4, j + 2 and j + 1. So many partial sums keep the adders busy
/// in spite of their latency, and keep the rounding of long sums small. Columns as long as a batch are summed by <see cref="Reduction"/>, several together.
/// </remarks>
internal static unsafe class ColumnSum
{
    private const int Partials = 64;

    // All partial sums are written before they are read: the runtime need not clear them.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static T Of<T, V, TTerm>(int rows, TTerm term)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
        where TTerm : unmanaged, IColumnTerm<T>
    {
        T* partials = stackalloc T[Partials];
        int whole = rows / Partials * Partials;
        for (int lane = 0; lane < Partials; lane += 4 * V.Width)
        {
            V zero = V.Broadcast(T.Zero), first = zero, second = zero, third = zero, fourth = zero;
            for (int row = lane; row < whole; row += Partials)
            {
                first += term.At<V>(row);
                second += term.At<V>(row + V.Width);
                third += term.At<V>(row + (2 * V.Width));
                fourth += term.At<V>(row + (3 * V.Width));
            }

            V.Store(partials + lane, first);
            V.Store(partials + lane + V.Width, second);
            V.Store(partials + lane + (2 * V.Width), third);
            V.Store(partials + lane + (3 * V.Width), fourth);
        }

        int rest = rows - whole, done = 0;
        for (; done <= rest - V.Width; done += V.Width)
            V.Store(partials + done, V.Load(partials + done) + term.At<V>(whole + done));
        for (; done < rest; done++)
            partials[done] += term.At<Scalar<T>>(whole + done).Value;

        int half = Partials / 2;
        for (; half >= V.Width; half /= 2)
        {
            for (int i = 0; i < half; i += V.Width)
                V.Store(partials + i, V.Load(partials + i) + V.Load(partials + i + half));
        }

        for (; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
                partials[i] += partials[i + half];
        }

        return partials[0];
    }
}
