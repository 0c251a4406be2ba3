using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>What is done for each place of an image with what lies under a window, for a vector of samples at a time.</summary>
internal unsafe interface IWindowOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does a vector of places.</summary>
    /// <param name="source">Where the taps' columns count from: an index into the source.</param>
    /// <param name="taps">The taps.</param>
    /// <param name="count">How many.</param>
    /// <param name="samples">From column to column.</param>
    /// <param name="result">An index into the result.</param>
    void At<V, TLanes>(nint source, Tap* taps, int count, nint samples, nint result)
        where V : struct, ISimd<V, T>
        where TLanes : struct, ILanes<T>;
}

/// <summary>Drives a window over the channels of a batch of images. Channels are shared among threads; each place is done in the same way by every width and on every thread.</summary>
internal static unsafe class WindowSweep
{
    /// <summary>The fewest numbers, of the source or of the result, that are worth a thread.</summary>
    private const int WorthAThread = 4 * 1024;

    public static void Over<T, TOperator>(TapPlan plan, int channels, int sourcePlaces, int resultPlaces, int samples, TOperator window)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, IWindowOperator<T>
    {
        (int threads, int units) = ThreadLimit.Cut((long)channels * Math.Max(sourcePlaces, resultPlaces) * samples, WorthAThread);
        var region = new Region<TOperator>
        {
            Window = window,
            Table = plan.Table,
            SourcePlaces = sourcePlaces,
            ResultPlaces = resultPlaces,
            Samples = samples,
            Channels = channels,
            Parts = Math.Min(units, channels),
        };
        WorkerPool.Run(threads, region.Parts, &Part<T, TOperator>, &region);

        // The table lies in the plan's memory.
        GC.KeepAlive(plan);
    }

    /// <summary>Some channels, from one place of the result up to but without another, on the thread that calls.</summary>
    public static void OverPlaces<T, TOperator>(TapPlan plan, int first, int end, int channels, int sourcePlaces, int resultPlaces, int samples, TOperator window)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, IWindowOperator<T>
    {
        var region = new Region<TOperator> { Window = window, Table = plan.Table, SourcePlaces = sourcePlaces, ResultPlaces = resultPlaces, Samples = samples };
        int firstSegment = 0, endSegment = region.Table.SegmentCount;
        while (firstSegment < endSegment && region.Table.Segments[firstSegment].Output < first)
            firstSegment++;
        while (endSegment > firstSegment && region.Table.Segments[endSegment - 1].Output >= end)
            endSegment--;
        for (int channel = 0; channel < channels; channel++)
            OverSegments<T, TOperator>(region, channel, firstSegment, endSegment);
        GC.KeepAlive(plan);
    }

    private static void Part<T, TOperator>(void* context, int part)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, IWindowOperator<T>
    {
        ref Region<TOperator> region = ref *(Region<TOperator>*)context;
        for (int channel = EvenParts.Start(part, region.Parts, region.Channels), end = EvenParts.Start(part + 1, region.Parts, region.Channels); channel < end; channel++)
            OverSegments<T, TOperator>(region, channel, 0, region.Table.SegmentCount);
    }

    // Where every column fills a vector, which is usual, all segments are done together.
    private static void OverSegments<T, TOperator>(in Region<TOperator> region, int channel, int first, int end)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, IWindowOperator<T>
    {
        if (Vector512.IsHardwareAccelerated && region.Samples >= Vector512<T>.Count)
            Segments<T, Simd512<T>, SideBySide<T>, TOperator>(region, channel, first, end);
        else
            AlongRows<T, TOperator>(region, channel, first, end);
    }

    // Segments of the same length together, with the widest vectors that they fill.
    private static void AlongRows<T, TOperator>(in Region<TOperator> region, int channel, int first, int last)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperator : unmanaged, IWindowOperator<T>
    {
        for (int end; first < last; first = end)
        {
            Segment segment = region.Table.Segments[first];
            for (end = first + 1; end < last && (region.Table.Segments[end].Length, region.Table.Segments[end].Step) == (segment.Length, segment.Step);)
                end++;
            if (segment.Step == EverySecond<T>.Step && region.Samples == 1)
                Widest.Run<T, Range<T, EverySecond<T>, TOperator>>(segment.Length, new() { Region = region, Channel = channel, First = first, End = end });
            else
                Widest.Run<T, Range<T, SideBySide<T>, TOperator>>(segment.Run(0).Length * region.Samples, new() { Region = region, Channel = channel, First = first, End = end });
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Segments<T, V, TLanes, TOperator>(in Region<TOperator> region, int channel, int first, int end)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
        where TLanes : struct, ILanes<T>
        where TOperator : unmanaged, IWindowOperator<T>
    {
        TOperator window = region.Window;
        nint samples = region.Samples;
        for (int i = first; i < end; i++)
        {
            Segment segment = region.Table.Segments[i];
            Tap* taps = region.Table.Taps + segment.FirstTap;
            nint source = (((nint)channel * region.SourcePlaces) + segment.Input) * samples, result = (((nint)channel * region.ResultPlaces) + segment.Output) * samples;

            // One long column, or one for each output.
            bool isWhole = segment.Step == TLanes.Step;
            nint rows = isWhole ? segment.Length * samples : samples, runs = isWhole ? 1 : segment.Length;
            for (; runs > 0; runs--, source += segment.Step * samples, result += rows)
            {
                nint row = 0;
                for (; row <= rows - V.Width; row += V.Width)
                    window.At<V, TLanes>(source + (row * TLanes.Step), taps, segment.TapCount, samples, result + row);

                // The last vector goes over rows of the one before it once more.
                if (row < rows)
                    window.At<V, TLanes>(source + ((rows - V.Width) * TLanes.Step), taps, segment.TapCount, samples, result + rows - V.Width);
            }
        }
    }

    private struct Range<T, TLanes, TOperator> : IOnVectors<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLanes : struct, ILanes<T>
        where TOperator : unmanaged, IWindowOperator<T>
    {
        public Region<TOperator> Region;
        public int Channel, First, End;

        public readonly void Run<V>()
            where V : struct, ISimd<V, T> => Segments<T, V, TLanes, TOperator>(Region, Channel, First, End);
    }

    private struct Region<TOperator>
        where TOperator : unmanaged
    {
        public TOperator Window;
        public TapTable Table;
        public int SourcePlaces, ResultPlaces, Samples, Channels, Parts;
    }
}
