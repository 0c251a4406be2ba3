using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The numbers whose squares are summed, computed for a vector of them at a time; each place is asked for once.</summary>
internal interface ISquared<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    V At<V>(int index)
        where V : struct, ISimd<V, T>;
}

/// <summary>The sum of squares, in a fixed order whatever the vectors and the number of threads. Numbers below 2⁻⁵⁷ (2⁻⁵⁰⁵ in double) count as 0.</summary>
/// <remarks>
/// In blocks of 1024: place i of a block is added to partial sum i modulo 16; then partial sum j takes in j + 8, then j + 4, j + 2 and j + 1.
/// Blocks are added in double, one after another within a segment, and so are the segments. How many blocks a segment has depends on the length alone.
/// </remarks>
internal static unsafe class SumOfSquares
{
    /// <summary>How many partial sums a block has: as many as the widest vector has lanes.</summary>
    private const int Partials = 16;

    private const int BlockLength = 1024;

    /// <summary>Segments are what threads share; so many fit well on the stack.</summary>
    private const int MostSegments = 64;

    /// <summary>The fewest places that are worth a thread.</summary>
    private const int WorthAThread = 16 * 1024;

    public static double Of<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* p = values)
            return Over<T, Values<T>>(values.Length, new(p));
    }

    public static double Over<T, TSquared>(int length, TSquared numbers)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TSquared : unmanaged, ISquared<T>
    {
        int blocks = (int)(((long)length + BlockLength - 1) / BlockLength), blocksEach = Math.Max(1, (blocks + MostSegments - 1) / MostSegments);
        int segments = (blocks + blocksEach - 1) / blocksEach;
        double* sums = stackalloc double[MostSegments];
        var region = new Region<TSquared> { Numbers = numbers, Length = length, SegmentLength = blocksEach * BlockLength, Sums = sums };
        WorkerPool.Run(ThreadLimit.For(length, WorthAThread), segments, &Segment<T, TSquared>, &region);

        double sum = 0;
        for (int i = 0; i < segments; i++)
            sum += sums[i];
        return sum;
    }

    private static void Segment<T, TSquared>(void* context, int segment)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TSquared : unmanaged, ISquared<T>
    {
        Widest.Run<T, SegmentSum<T, TSquared>>(new((Region<TSquared>*)context, segment));
    }

    // Lanes are partial sums; each takes every sixteenth place. What fills no sixteen is added one by one.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Block<T, V, TSquared>(TSquared numbers, int start, int length)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
        where TSquared : unmanaged, ISquared<T>
    {
        T* partials = stackalloc T[Partials];
        int rest = start + (length / Partials * Partials), end = start + length;
        for (int lane = 0; lane < Partials; lane += V.Width)
        {
            V sum = V.Broadcast(T.Zero);
            for (int i = start + lane; i < rest; i += Partials)
            {
                V x = Piecewise.Squarable<V, T>(numbers.At<V>(i));
                sum += x * x;
            }

            V.Store(partials + lane, sum);
        }

        for (int i = rest; i < end; i++)
        {
            T x = Piecewise.Squarable<Scalar<T>, T>(numbers.At<Scalar<T>>(i)).Value;
            partials[i - rest] += x * x;
        }

        for (int half = Partials / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
                partials[i] += partials[i + half];
        }

        return double.CreateTruncating(partials[0]);
    }

    private readonly struct Values<T>(T* values) : ISquared<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<V>(int index)
            where V : struct, ISimd<V, T> => V.Load(values + index);
    }

    // Written to the region; the width is chosen once for all blocks.
    private readonly struct SegmentSum<T, TSquared>(Region<TSquared>* region, int segment) : IOnVectors<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TSquared : unmanaged, ISquared<T>
    {
        public void Run<V>()
            where V : struct, ISimd<V, T>
        {
            int start = segment * region->SegmentLength, end = Math.Min(region->Length - start, region->SegmentLength) + start;
            double sum = 0;
            for (int length; start < end; start += length)
            {
                length = Math.Min(BlockLength, end - start);
                sum += Block<T, V, TSquared>(region->Numbers, start, length);
            }

            region->Sums[segment] = sum;
        }
    }

    private struct Region<TSquared>
        where TSquared : unmanaged
    {
        public TSquared Numbers;
        public int Length;
        public int SegmentLength;
        public double* Sums;
    }
}
