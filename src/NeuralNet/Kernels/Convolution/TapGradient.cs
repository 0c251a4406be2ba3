using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>The gradient of a convolution's weights: for each weight the sum, over samples and places, of an output's gradient times the input under the weight.</summary>
/// <remarks>
/// <para>
/// Lanes are output channels, for which the gradients of a stretch of places are transposed into panels; columns of a tile are taps, each read number by number where it lies in the image.
/// </para>
/// <para>
/// The rows of the output's image are cut into chunks whatever the number of threads. A chunk's sum runs over its places and samples in order, and the chunks' sums are added in order.
/// </para>
/// </remarks>
internal static unsafe class TapGradient<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Into how many chunks the rows of the output's image are cut, for threads to share and for sums that are shorter and so more exact; fewer where all chunks' sums would take more numbers than <see cref="MostSums"/>.</summary>
    private const int MostChunks = 8, MostSums = 1 << 20;

    /// <summary>How many numbers of a column are transposed at once: few enough that the panels stay in the second-level cache and the taps' stretches in the first.</summary>
    private const int Stretch = 256;

    /// <summary>Multiply-adds from which on a second thread pays.</summary>
    private const long WorthAThread = 400_000;

    /// <summary>The gradient of the weights and, unless <paramref name="bias"/> is null, of the bias: that of a weight whose input is always 1.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="x">Its input.</param>
    /// <param name="dy">The gradient of its output; null if it comes by way of a pooling.</param>
    /// <param name="pooled">That pooling's gradient.</param>
    /// <param name="samples">The batch.</param>
    /// <param name="result">The gradient of the weights.</param>
    /// <param name="bias">The gradient of the bias.</param>
    public static void Run(ConvolutionShape shape, T* x, T* dy, PooledGradient<T> pooled, int samples, T* result, T* bias)
    {
        if (Vector512.IsHardwareAccelerated)
            Run<Simd512<T>>(shape, x, dy, pooled, samples, result, bias);
        else if (Vector256.IsHardwareAccelerated)
            Run<Simd256<T>>(shape, x, dy, pooled, samples, result, bias);
        else if (Vector128.IsHardwareAccelerated)
            Run<Simd128<T>>(shape, x, dy, pooled, samples, result, bias);
        else
            Run<Scalar<T>>(shape, x, dy, pooled, samples, result, bias);
    }

    private static void Run<V>(ConvolutionShape shape, T* x, T* dy, PooledGradient<T> pooled, int samples, T* result, T* bias)
        where V : struct, ISimd<V, T>
    {
        int panelLanes = Tiles<T, V>.MostVectors * V.Width, lanes = (((shape.GroupOutputs - 1) / V.Width) + 1) * V.Width;
        var task = new Task
        {
            Table = shape.ToOutput.Table,
            Samples = samples,
            X = x,
            GroupInputs = shape.GroupInputs * shape.InputPlaces,
            Dy = dy,
            Pooled = pooled,
            Channels = shape.GroupOutputs,
            Places = shape.OutputPlaces,
            Rows = shape.Rows.Output,
            Width = shape.Columns.Output,
            Result = result,
            Bias = bias,
            Depth = shape.Depth,
            Lanes = lanes,
            Panels = ((lanes - 1) / panelLanes) + 1,
        };
        task.SumsOfChunk = shape.Groups * lanes * task.Lines;
        task.Chunks = Math.Clamp(MostSums / (shape.WeightCount + 1), 1, Math.Min(MostChunks, shape.Rows.Output));
        task.Ones = Workspace<T>.Shared(Stretch + (task.Chunks * task.SumsOfChunk));
        task.Sums = task.Ones + Stretch;
        new Span<T>(task.Ones, Stretch).Fill(T.One);

        long work = (long)shape.WeightCount * shape.OutputPlaces * samples;
        int threads = ThreadLimit.For(work, WorthAThread), parts = shape.Groups * task.Panels;
        WorkerPool.Run(threads, task.Chunks * parts, &Sum<V>, &task);
        WorkerPool.Run(threads, parts, &Add<V>, &task);
    }

    // A chunk's sums for a panel of a group's channels.
    private static void Sum<V>(void* context, int unit)
        where V : struct, ISimd<V, T>
    {
        ref Task task = ref *(Task*)context;
        (int chunk, int part) = (unit % task.Chunks, unit / task.Chunks);
        Panel panel = task.PanelOf<V>(part);
        T* sums = task.SumsOf(chunk, panel), packed = Workspace<T>.Of((Stretch * panel.Lanes) + (Stretch * panel.Channels));
        new Span<T>(sums, panel.Lanes * task.Lines).Clear();
        int first = EvenParts.Start(chunk, task.Chunks, task.Rows) * task.Width, end = EvenParts.Start(chunk + 1, task.Chunks, task.Rows) * task.Width;
        for (int i = 0; i < task.Table.SegmentCount; i++)
        {
            Segment segment = task.Table.Segments[i];
            if (segment.Output < first || segment.Output >= end)
                continue;
            for (int run = 0; run < segment.Runs; run++)
                AddSegment<V>(task, panel, segment.Run(run), packed, sums);
        }
    }

    private static void AddSegment<V>(in Task task, Panel panel, Segment segment, T* packed, T* sums)
        where V : struct, ISimd<V, T>
    {
        nint* linesB = stackalloc nint[Tiles<T, V>.MostColumns], linesC = stackalloc nint[Tiles<T, V>.MostColumns];
        nint samples = task.Samples;
        T* x = task.X + ((((nint)panel.Group * task.GroupInputs) + segment.Input) * samples);
        int channel = (panel.Group * task.Channels) + panel.First;
        T* dy = task.Dy + ((((nint)channel * task.Places) + segment.Output) * samples), unpooled = packed + (Stretch * panel.Lanes);
        int rows = segment.Length * task.Samples, terms = segment.TapCount + task.Lines - task.Depth;
        for (int row = 0; row < rows; row += Stretch)
        {
            int depth = Math.Min(Stretch, rows - row);
            if (task.Dy == null)
                task.Pooled.Unpool<V>(channel, panel.Channels, segment.Output, row, depth, unpooled);
            Packing.Pack(task.Dy == null ? new Operand<T>(unpooled, depth, 1) : new Operand<T>(dy + row, task.Places * samples, 1), panel.Channels, panel.Lanes, depth, packed);
            var tile = new TileTask<T>
            {
                A = packed,
                StepA = panel.Lanes,
                B = new(x + row, 0, 1),
                LinesB = linesB,
                Depth = depth,
                C = sums,
                LinesC = linesC,
                Continues = true,
                Rows = panel.Lanes,
            };
            var panels = new ColumnPanels(terms);
            for (int i = 0; i < panels.Count; i++)
            {
                int first = panels.First(i), columns = panels.First(i + 1) - first;
                for (int column = 0; column < columns; column++)
                {
                    // The last term is the bias's.
                    Tap tap = first + column < segment.TapCount ? task.Table.Taps[segment.FirstTap + first + column] : new(0, task.Depth);
                    linesB[column] = tap.Depth < task.Depth ? tap.Column * samples : (nint)(task.Ones - (x + row));
                    linesC[column] = tap.Depth * panel.Lanes;
                }

                Tiles<T, V>.Run<ScatteredWalk>(panel.Lanes / V.Width, columns, tile);
            }
        }
    }

    // The sums of all chunks, and from a line for each weight to a line for each channel.
    private static void Add<V>(void* context, int part)
        where V : struct, ISimd<V, T>
    {
        ref Task task = ref *(Task*)context;
        Panel panel = task.PanelOf<V>(part);
        T* sums = task.SumsOf(0, panel);
        for (int chunk = 1; chunk < task.Chunks; chunk++)
            AddTo<V>(sums, task.SumsOf(chunk, panel), panel.Lanes * task.Lines);
        T* result = task.Result + ((((nint)panel.Group * task.Channels) + panel.First) * task.Depth);
        Packing.Pack(new Operand<T>(sums, panel.Lanes, 1), task.Depth, task.Depth, panel.Channels, result);
        if (task.Bias != null)
            new ReadOnlySpan<T>(sums + (panel.Lanes * task.Depth), panel.Channels).CopyTo(new Span<T>(task.Bias + (panel.Group * task.Channels) + panel.First, panel.Channels));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void AddTo<V>(T* sums, T* others, int length)
        where V : struct, ISimd<V, T>
    {
        for (int i = 0; i < length; i += V.Width)
            V.Store(sums + i, V.Load(sums + i) + V.Load(others + i));
    }

    // Some output channels of a group, and the lanes that they take.
    private readonly record struct Panel(int Group, int First, int Channels, int FirstLane, int Lanes);

    private struct Task
    {
        public TapTable Table;
        public int Samples;

        public T* X;
        public int GroupInputs;
        public T* Dy;
        public PooledGradient<T> Pooled;
        public int Channels, Places, Rows, Width;
        public T* Result, Bias;
        public int Depth;

        // Of a group's channels.
        public int Lanes, Panels;

        public int Chunks;
        public int SumsOfChunk;
        public T* Sums, Ones;

        // For each channel a number of sums: one for each weight, and one for the bias if it has one.
        public readonly int Lines => Bias == null ? Depth : Depth + 1;

        public readonly Panel PanelOf<V>(int part)
            where V : struct, ISimd<V, T>
        {
            (int group, int panel) = (part / Panels, part % Panels);
            int vectors = Lanes / V.Width, first = EvenParts.Start(panel, Panels, vectors) * V.Width, end = EvenParts.Start(panel + 1, Panels, vectors) * V.Width;
            return new(group, first, Math.Min(end, Channels) - first, first, end - first);
        }

        // For each weight of a channel the lanes of the panel.
        public readonly T* SumsOf(int chunk, Panel panel) => Sums + ((nint)chunk * SumsOfChunk) + ((((nint)panel.Group * Lanes) + panel.FirstLane) * Lines);
    }
}
