using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The gradient of a convolution's output by way of a max pooling whose windows lie apart: made out of the pooling's gradient a few places at a time, where it is wanted.</summary>
/// <param name="pool">The pooling.</param>
/// <param name="width">The width of the convolution's output.</param>
/// <param name="samples">The batch.</param>
/// <param name="dy">The gradient of the pooling's output.</param>
/// <param name="places">Which of the kernel's places was the largest.</param>
internal readonly unsafe struct PooledGradient<T>(PoolShape pool, int width, int samples, T* dy, T* places)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly WindowAxis rows = pool.Rows, columns = pool.Columns;
    private readonly int rowStep = Step(pool.Rows), columnStep = Step(pool.Columns);
    private readonly T* dy = dy, places = places;

    /// <summary>Some of the numbers that follow each other in a row of the output: sample after sample, place after place.</summary>
    /// <param name="channel">The first channel.</param>
    /// <param name="channels">How many.</param>
    /// <param name="output">The place of the output where the numbers are counted from.</param>
    /// <param name="first">The first number.</param>
    /// <param name="count">How many of each channel.</param>
    /// <param name="result">For each channel its numbers.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Unpool<V>(int channel, int channels, int output, int first, int count, T* result)
        where V : struct, ISimd<V, T>
    {
        nint channelStep = (nint)rows.Output * columns.Output * samples;
        for (int done = 0; done < count;)
        {
            (int place, int sample) = (output + ((first + done) / samples), (first + done) % samples);
            (int row, int kernelRow) = Math.DivRem(place / width, rowStep);
            (int column, int kernelColumn) = Math.DivRem(place % width, columnStep);
            int length = Math.Min(samples - sample, count - done);
            bool isUnderWindow = row < rows.Output && column < columns.Output && kernelRow < rows.Kernel && kernelColumn < columns.Kernel;
            nint from = (channel * channelStep) + ((((nint)row * columns.Output) + column) * samples) + sample;
            T number = T.CreateTruncating((kernelRow * columns.Kernel) + kernelColumn);
            for (int i = 0; i < channels; i++, from += channelStep)
            {
                T* to = result + ((nint)i * count) + done;
                if (isUnderWindow)
                    Select<V>(dy + from, places + from, number, length, to);
                else
                    new Span<T>(to, length).Clear();
            }

            done += length;
        }
    }

    // From window to window. A single one has no step; what lies behind it is where a next would be.
    private static int Step(WindowAxis axis) => axis.Output == 1 ? axis.Kernel : axis.Stride;

    // The gradient where the place is the one, else zero. The last vector goes over some numbers once more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Select<V>(T* dy, T* places, T number, int length, T* result)
        where V : struct, ISimd<V, T>
    {
        V zero = V.Broadcast(T.Zero), wanted = V.Broadcast(number);
        if (length < V.Width)
        {
            for (int i = 0; i < length; i++)
                result[i] = T.Zero + (places[i] == number ? dy[i] : T.Zero);
            return;
        }

        for (int start = 0; start < length; start += V.Width)
        {
            int i = Math.Min(start, length - V.Width);
            V.Store(result + i, zero + V.Select(V.LessThanOrEqual(V.Abs(V.Load(places + i) - wanted), zero), V.Load(dy + i), zero));
        }
    }
}
