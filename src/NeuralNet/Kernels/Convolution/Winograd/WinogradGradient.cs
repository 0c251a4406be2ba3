using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The gradient of a convolution's weights by <see cref="Winograd"/>: at each position, for each input and output channel, the sum over tiles and samples of an input times an output's gradient.</summary>
/// <remarks>
/// <para>Lanes are output channels, into which the gradients are transposed; columns of a tile are input channels. The bias is one more input channel, which is always 1, at the position that sums a tile.</para>
/// <para>The tiles are cut into chunks whatever the number of threads. A chunk's sum runs over its tiles and samples in order, and the chunks' sums are added in order.</para>
/// </remarks>
internal static unsafe class WinogradGradient<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Into how many chunks the tiles are cut, for threads to share and for sums that are shorter and so more exact; fewer where all chunks' sums would take more numbers than <see cref="MostSums"/>.</summary>
    private const int MostChunks = 8, MostSums = 1 << 21;

    /// <summary>The most lines of output channels that are done at once: as many as a tile has of the widest vectors.</summary>
    private const int MostLines = 4;

    /// <summary>Multiply-adds from which on a second thread pays.</summary>
    private const long WorthAThread = 200_000;

    /// <summary>The gradient of the weights and, unless <paramref name="bias"/> is null, of the bias.</summary>
    public static void Run(ConvolutionShape shape, TileSize tile, T* x, T* dy, int samples, T* result, T* bias)
    {
        int line = WinogradRoom<T>.Line, lanes = (shape.GroupOutputs + line - 1) / line * line;
        var task = new Task
        {
            Tile = tile,
            X = new(x, TileAxis.Inputs(shape.Rows, tile), TileAxis.Inputs(shape.Columns, tile), samples),
            Dy = new(dy, TileAxis.Outputs(shape.Rows, tile), TileAxis.Outputs(shape.Columns, tile), samples),
            TileColumns = tile.Tiles(shape.Columns),
            Tiles = tile.Tiles(shape.Rows) * tile.Tiles(shape.Columns),
            Inputs = shape.GroupInputs,
            Outputs = shape.GroupOutputs,
            Lanes = lanes,
            Panels = (((lanes / line) - 1) / MostLines) + 1,
            PositionStep = ((shape.GroupInputs + 1) * lanes) + line,
            Result = result,
            Bias = bias,
        };
        task.ChunkStep = checked(shape.Groups * tile.Positions * task.PositionStep);
        task.Chunks = Math.Clamp(MostSums / task.ChunkStep, 1, Math.Min(MostChunks, task.Tiles));
        task.Sums = Workspace<T>.Shared(task.Chunks * task.ChunkStep);

        long work = (long)task.Tiles * tile.Positions * samples * shape.InputChannels * shape.GroupOutputs;
        int threads = ThreadLimit.For(work, WorthAThread);
        WorkerPool.Run(threads, shape.Groups * task.Panels * task.Chunks, &SumChunk, &task);
        WorkerPool.Run(threads, shape.Groups * lanes / line, &AddChunks, &task);
    }

    // A chunk's sums for some output channels of a group.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumChunk(void* context, int unit)
    {
        ref Task task = ref *(Task*)context;
        int chunk = unit % task.Chunks;
        Panel panel = task.PanelOf(unit / task.Chunks);
        long first = (long)EvenParts.Start(chunk, task.Chunks, task.Tiles) * task.X.Samples, end = (long)EvenParts.Start(chunk + 1, task.Chunks, task.Tiles) * task.X.Samples;
        int most = (int)Math.Min(WinogradRoom<T>.MostLanes(task.Tile, task.Inputs, task.X.Samples, task.TileColumns), end - first);
        int inputNumbers = WinogradRoom<T>.Size(task.Tile, task.Inputs, most), gradientStep = WinogradRoom<T>.PositionStep(most, panel.Lanes), turnedNumbers = task.Tile.Outputs * task.Tile.Outputs * most * panel.Lanes, lineNumbers = WinogradRoom<T>.PatchSize(task.Tile, task.X.Samples, most);
        T* inputs = Workspace<T>.Of(inputNumbers + (task.Tile.Positions * gradientStep) + turnedNumbers + lineNumbers + most), gradients = inputs + inputNumbers;
        T* turned = gradients + (task.Tile.Positions * gradientStep), lines = turned + turnedNumbers, ones = lines + lineNumbers;
        new Span<T>(ones, most).Fill(T.One);
        for (long lane = first; lane < end; lane += most)
        {
            int lanes = (int)Math.Min(most, end - lane), column = WinogradRoom<T>.Column(lanes);
            var product = new Product { Task = task, Panel = panel, Sums = task.SumsOf(panel.Group, chunk) + panel.First, Gradients = gradients, GradientStep = gradientStep, Ones = ones, Inputs = new(task.Tile, inputs, task.Inputs, column, lines, lineNumbers), Column = column, Count = lanes, Continues = lane > first };
            for (int done = 0; done < lanes;)
            {
                var piece = TilePiece.At(lane + done, lanes - done, task.X.Samples, task.TileColumns);
                product.Inputs.Take(task.X, panel.Group * task.Inputs, piece, done);
                TakeGradients(task, panel, piece, turned, gradients + (done * panel.Lanes), gradientStep);
                done += piece.Lanes;
            }

            Widest.Run<T, Product>(panel.Lanes, product);
        }
    }

    // A piece's gradients, for each sample the channels, at all positions.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TakeGradients(in Task task, Panel panel, TilePiece piece, T* turned, T* positions, nint positionStep)
    {
        TilePlaces rows = task.Dy.Rows(piece), columns = task.Dy.Columns(piece);
        T* source = task.Dy.At((panel.Group * task.Outputs) + panel.First, piece);
        int numbers = piece.Lanes * panel.Lanes, outputs = task.Tile.Outputs;
        for (int place = 0; place < outputs * outputs; place++)
        {
            T* destination = turned + (place * numbers);
            for (int tile = 0; tile < piece.Rows * piece.Columns; tile++, destination += piece.Samples * panel.Lanes)
            {
                int row = (tile / piece.Columns * outputs) + (place / outputs), column = (tile % piece.Columns * outputs) + (place % outputs);
                if (row < rows.End && column < columns.End)
                    Packing.Pack(new Operand<T>(source + task.Dy.Grid.At(row, column), task.Dy.ChannelStep, 1), panel.Channels, panel.Lanes, piece.Samples, destination);
                else
                    new Span<T>(destination, piece.Samples * panel.Lanes).Clear();
            }
        }

        Widest.Run<T, Turn>(panel.Lanes, new() { Tile = task.Tile, Source = turned, Numbers = numbers, Positions = positions, PositionStep = positionStep });
    }

    // The sums of all chunks for some output channels, from positions to weights.
    private static void AddChunks(void* context, int unit)
    {
        ref Task task = ref *(Task*)context;
        int line = WinogradRoom<T>.Line, panels = task.Lanes / line;
        (int group, int first) = (unit / panels, unit % panels * line);
        Widest.Run<T, Addition>(line, new() { Task = task, Group = group, First = first, Channels = Math.Min(line, task.Outputs - first) });
    }

    // Some output channels of a group, and the lanes that they take.
    private readonly record struct Panel(int Group, int First, int Channels, int Lanes);

    private struct Task
    {
        public TileSize Tile;
        public TileImage<T> X, Dy;
        public int Tiles, TileColumns;

        // Of a group; lanes are the output channels and what is left of the last line.
        public int Inputs, Outputs, Lanes, Panels;

        // For each position a line of lanes for each input channel, and one for the bias.
        public int PositionStep, ChunkStep, Chunks;
        public T* Sums;
        public T* Result, Bias;

        public readonly Panel PanelOf(int index)
        {
            (int group, int panel) = (index / Panels, index % Panels);
            int line = WinogradRoom<T>.Line, lines = Lanes / line, first = EvenParts.Start(panel, Panels, lines) * line, end = EvenParts.Start(panel + 1, Panels, lines) * line;
            return new(group, first, Math.Min(end, Outputs) - first, end - first);
        }

        public readonly T* SumsOf(int group, int chunk) => Sums + ((nint)chunk * ChunkStep) + ((nint)group * Tile.Positions * PositionStep);
    }

    private struct Turn : IOnVectors<T>
    {
        public TileSize Tile;
        public T* Source, Positions;
        public int Numbers;
        public nint PositionStep;

        public readonly void Run<V>()
            where V : struct, ISimd<V, T>
        {
            if (Tile.IsLarge)
                LargeTileTransforms<T, V>.OutputGradients(Source, Numbers, Numbers, Positions, PositionStep);
            else
                SmallTileTransforms<T, V>.OutputGradients(Source, Numbers, Numbers, Positions, PositionStep);
        }
    }

    // At each position the gradients times the inputs of a unit's lanes.
    private struct Product : IOnVectors<T>
    {
        public Task Task;
        public Panel Panel;
        public T* Sums, Gradients, Ones;
        public nint GradientStep;
        public TileInputs<T> Inputs;
        public int Column, Count;
        public bool Continues;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<V>()
            where V : struct, ISimd<V, T>
        {
            int vectors = Panel.Lanes / V.Width, heights = ((vectors - 1) / Tiles<T, V>.MostVectors) + 1;
            var tile = new TileTask<T> { StepA = Panel.Lanes, Depth = Count, StepC = Task.Lanes, Continues = Continues };
            var panels = new ColumnPanels(Task.Inputs);
            for (int position = 0; position < Task.Tile.Positions; position++)
            {
                T* gradients = Gradients + (position * GradientStep), sums = Sums + ((nint)position * Task.PositionStep);
                for (int i = 0; i < heights; i++)
                {
                    int first = EvenParts.Start(i, heights, vectors), height = EvenParts.Start(i + 1, heights, vectors) - first;
                    tile.Rows = height * V.Width;
                    tile.A = gradients + (first * V.Width);
                    for (int panel = 0; panel < panels.Count; panel++)
                    {
                        int channel = panels.First(panel), columns = panels.First(panel + 1) - channel;
                        tile.B = new(Inputs.At(position) + ((nint)channel * Column), Column, 1);
                        tile.C = sums + ((nint)channel * Task.Lanes) + (first * V.Width);
                        Tiles<T, V>.Run<EvenWalk>(height, columns, tile);
                    }

                    if (position != Task.Tile.BiasPosition || Task.Bias == null)
                        continue;
                    tile.B = new(Ones, 0, 1);
                    tile.C = sums + ((nint)Task.Inputs * Task.Lanes) + (first * V.Width);
                    Tiles<T, V>.Run<EvenWalk>(height, 1, tile);
                }
            }
        }
    }

    private struct Addition : IOnVectors<T>
    {
        public Task Task;
        public int Group, First, Channels;

        public readonly void Run<V>()
            where V : struct, ISimd<V, T>
        {
            int depth = Task.Inputs * Winograd.KernelPlaces, step = V.Width, positions = Task.Tile.Positions;
            T* kernels = Workspace<T>.Of((depth + positions) * step), sums = kernels + (depth * step);
            for (int done = 0; done < Channels; done += step)
            {
                int channel = First + done, count = Math.Min(step, Channels - done), output = (Group * Task.Outputs) + channel;
                for (int input = 0; input < Task.Inputs; input++)
                {
                    for (int position = 0; position < positions; position++)
                        V.Store(sums + (position * step), Sum<V>(position, input, channel));
                    T* places = kernels + (input * Winograd.KernelPlaces * step);
                    if (Task.Tile.IsLarge)
                        LargeTileTransforms<T, V>.KernelGradients(sums, places);
                    else
                        SmallTileTransforms<T, V>.KernelGradients(sums, places);
                }

                Packing.Pack(new Operand<T>(kernels, step, 1), depth, depth, count, Task.Result + ((nint)output * depth));
                if (Task.Bias != null)
                    V.StoreFirst(Task.Bias + output, Sum<V>(Task.Tile.BiasPosition, Task.Inputs, channel), count);
            }
        }

        // Over the chunks, in order; the bias is the input behind the last.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly V Sum<V>(int position, int input, int channel)
            where V : struct, ISimd<V, T>
        {
            T* sums = Task.SumsOf(Group, 0) + ((nint)position * Task.PositionStep) + ((nint)input * Task.Lanes) + channel;
            V sum = V.Load(sums);
            for (int chunk = 1; chunk < Task.Chunks; chunk++)
                sum += V.Load(sums + ((nint)chunk * Task.ChunkStep));
            return sum;
        }
    }
}
