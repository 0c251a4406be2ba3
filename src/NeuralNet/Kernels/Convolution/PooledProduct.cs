namespace NeuralNet.Kernels;

/// <summary>The sums of a convolution, of which only the largest under each window of a pooling are written: what the pooling picks from is in memory for a few rows and channels at a time, and stays in the cache.</summary>
internal static unsafe class PooledProduct<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The most numbers of a band, of which a thread has one in memory.</summary>
    private const int MostNumbers = 1 << 26;

    /// <summary>Whether bands are not too large, as under a window over the whole of large images.</summary>
    public static bool Suits(PoolShape pool, int width, int samples) => (long)ChannelStrips.MostChannels * pool.Rows.Kernel * width * samples <= MostNumbers;

    /// <summary>Threads share the rows of the pooling.</summary>
    /// <param name="convolution">The convolution, without a result.</param>
    /// <param name="pool">The pooling; its windows lie apart.</param>
    /// <param name="width">The width of the convolution's output.</param>
    /// <param name="y">The largest.</param>
    /// <param name="places">Which they were, as places of the pooling's kernel.</param>
    /// <param name="rectifies">Whether what is not above 0 is written as 0, <see cref="MaxPool.NoPlace"/>.</param>
    public static void Run(TapTask<T> convolution, PoolShape pool, int width, T* y, T* places, bool rectifies)
    {
        (int threads, _) = TapProduct<T>.Prepare(ref convolution);
        int strips = ChannelStrips.Count(convolution.Channels);
        ParallelUnits.Run(threads, pool.Rows.Output * convolution.Groups * strips, new Bands { Convolution = convolution, Pool = pool, Width = width, Strips = strips, Y = y, Places = places, Rectifies = rectifies });
    }

    private struct Bands : IUnitWork
    {
        public TapTask<T> Convolution;
        public PoolShape Pool;
        public int Width, Strips;
        public T* Y, Places;
        public bool Rectifies;

        // A row of the pooling, for a strip of a group's channels.
        public readonly void Do(int unit)
        {
            TapTask<T> strip = Convolution;
            (int row, int group) = (unit / Strips / strip.Groups, unit / Strips % strip.Groups);
            strip.FirstStrip = unit % Strips;
            strip.EndStrip = strip.FirstStrip + 1;
            int first = row * Pool.Rows.Stride * Width, places = Pool.Rows.Kernel * Width, outputs = Pool.Rows.Output * Pool.Columns.Output;
            int channel = (group * strip.Channels) + (strip.FirstStrip * ChannelStrips.MostChannels), channels = ChannelStrips.Channels(strip.Channels, strip.FirstStrip);

            // The band's first place and channel come first in its memory.
            T* band = Workspace<T>.Of(channels * places * strip.Samples);
            nint samples = strip.Samples, result = channel * outputs * samples;
            strip.Places = places;
            strip.Result = band - ((((nint)channel * places) + first) * samples);
            TapProduct<T>.RunPlaces(&strip, group, first, first + places);
            MaxPool.ForwardRows(Pool, row, row + 1, channels, places, strip.Samples, band - (first * samples), Y + result, Places + result, Rectifies);
        }
    }
}
