using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The sums of a convolution without a copy of the image: the tile of the matrix product, whose columns of the left factor are found in the image through a table of taps.</summary>
/// <remarks>
/// <para>
/// Lanes are the samples of a batch at one place of the image and, where outputs lie side by side, at the next: a <see cref="Segment"/> is one long column. So lanes of a single image run along x.
/// Columns of a tile are output channels, whose weights are packed side by side.
/// </para>
/// <para>A lane is one element of the result and is summed over the taps in order: its bits depend neither on the batch nor on width and threads.</para>
/// </remarks>
internal static unsafe class TapProduct<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Multiply-adds from which on a second thread pays.</summary>
    private const long WorthAThread = 400_000;

    /// <summary>The most taps in a row: few enough that what they read stays in the first-level cache while one panel of channels after the other passes.</summary>
    private const int DepthBlock = 96;

    /// <summary>Threads share the places of the image.</summary>
    public static void Run(TapTask<T> task)
    {
        (int threads, int units) = Prepare(ref task);
        task.Parts = Math.Min(units, task.Table.SegmentCount);
        WorkerPool.Run(threads, task.Parts, &RunPart, &task);
    }

    /// <summary>All of it on the thread that calls.</summary>
    public static void RunAlone(TapTask<T> task)
    {
        task.Parts = 1;
        task.Offsets = Workspace<TapOffset>.Of(task.Table.TapCount);
        FindOffsets(ref task);
        RunPart(&task, 0);
    }

    /// <summary>Makes a task ready for all strips of its channels.</summary>
    /// <returns>How many threads are worth it, and into how many units the work is then best cut.</returns>
    public static (int Threads, int Units) Prepare(ref TapTask<T> task)
    {
        task.Offsets = Workspace<TapOffset>.Shared(task.Table.TapCount);
        FindOffsets(ref task);
        return ThreadLimit.Cut((long)task.Places * task.Samples * task.Channels * task.Depth * task.Groups, WorthAThread);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FindOffsets(ref TapTask<T> task)
    {
        task.EndStrip = ChannelStrips.Count(task.Channels);
        int step = ChannelStrips.Step(task.Channels);
        for (int i = 0; i < task.Table.TapCount; i++)
            task.Offsets[i] = new(task.Table.Taps[i].Column * task.Samples, task.Table.Taps[i].Depth * step);
    }

    private static void RunPart(void* context, int part)
    {
        ref TapTask<T> task = ref *(TapTask<T>*)context;
        int first = EvenParts.Start(part, task.Parts, task.Places), end = EvenParts.Start(part + 1, task.Parts, task.Places);
        for (int group = 0; group < task.Groups; group++)
            RunPlaces((TapTask<T>*)context, group, first, end);
    }

    /// <summary>A group's outputs from one place up to but without another, on the thread that calls.</summary>
    public static void RunPlaces(TapTask<T>* task, int group, int first, int end)
    {
        for (int i = 0; i < task->Table.SegmentCount; i++)
        {
            Segment segment = task->Table.Segments[i];
            if (segment.Output < first || segment.Output >= end)
                continue;
            for (int run = 0; run < segment.Runs; run++)
            {
                Segment stretch = segment.Run(run);
                Widest.Run<T, Stretch>(stretch.Length * task->Samples, new() { Task = task, Group = group, Segment = stretch });
            }
        }
    }

    private static void RunSegment<V>(in TapTask<T> task, int group, Segment segment)
        where V : struct, ISimd<V, T>
    {
        int rows = segment.Length * task.Samples;
        int most = Tiles<T, V>.MostVectors, vectors = ((rows - 1) / V.Width) + 1, panels = ((vectors - 1) / most) + 1;
        if (panels == 1)
        {
            // Where rows are left over, a vector of its own ends with the last row and does some rows once more.
            int whole = rows / V.Width;
            RunPanel<V>(task, group, segment, 0, whole);
            if (whole < vectors)
                RunPanel<V>(task, group, segment, rows - V.Width, 1);
            return;
        }

        // Panels as even as can be, of which the last ends with the last row.
        for (int panel = 0; panel < panels; panel++)
        {
            int firstVector = EvenParts.Start(panel, panels, vectors), height = EvenParts.Start(panel + 1, panels, vectors) - firstVector;
            RunPanel<V>(task, group, segment, Math.Min(firstVector * V.Width, rows - (height * V.Width)), height);
        }
    }

    private static void RunPanel<V>(in TapTask<T> task, int group, Segment segment, int row, int height)
        where V : struct, ISimd<V, T>
    {
        int weightStep = ChannelStrips.Step(task.Channels);
        nint stripSize = (nint)weightStep * task.Depth, samples = task.Samples, step = task.Places * samples;
        T* a = task.Source + ((((nint)group * task.GroupInputs) + segment.Input) * samples) + row;
        T* c = task.Result + ((((nint)group * task.Channels * task.Places) + segment.Output) * samples) + row;
        T* weights = task.Weights + ((nint)group * ChannelStrips.Size(task.Channels, task.Depth));
        var tile = new TileTask<T> { A = a, StepC = step, Rows = height * V.Width };
        int blocks = ((segment.TapCount - 1) / DepthBlock) + 1;
        for (int block = 0; block < blocks; block++)
        {
            int firstTap = EvenParts.Start(block, blocks, segment.TapCount);
            tile.Offsets = task.Offsets + segment.FirstTap + firstTap;
            tile.Depth = EvenParts.Start(block + 1, blocks, segment.TapCount) - firstTap;
            tile.Continues = block > 0;
            bool rectifies = task.Rectifies && block == blocks - 1;
            for (int strip = task.FirstStrip; strip < task.EndStrip; strip++)
            {
                int channels = ChannelStrips.Channels(task.Channels, strip);
                var panels = new ColumnPanels(channels);
                for (int panel = 0; panel < panels.Count; panel++)
                {
                    int first = panels.First(panel), columns = panels.First(panel + 1) - first, channel = (strip * ChannelStrips.MostChannels) + first;
                    tile.B = new(weights + (strip * stripSize) + first, 1, weightStep);
                    tile.Start = task.Start == null ? null : task.Start + (group * task.Channels) + channel;
                    tile.C = c + (channel * step);
                    if (rectifies)
                        Tiles<T, V>.Run<RectifiedTapWalk>(height, columns, tile);
                    else
                        Tiles<T, V>.Run<TapWalk>(height, columns, tile);
                }
            }
        }
    }

    // Outputs that lie side by side.
    private struct Stretch : IOnVectors<T>
    {
        public TapTask<T>* Task;
        public int Group;
        public Segment Segment;

        public readonly void Run<V>()
            where V : struct, ISimd<V, T> => RunSegment<V>(*Task, Group, Segment);
    }
}
