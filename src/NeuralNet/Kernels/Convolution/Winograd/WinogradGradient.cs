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

    /// <summary>Multiply-adds from which on a second thread pays.</summary>
    private const long WorthAThread = 200_000;

    /// <summary>The gradient of the weights and, unless <paramref name="bias"/> is null, of the bias.</summary>
    public static void Run(ConvolutionShape shape, T* x, T* dy, int samples, T* result, T* bias)
    {
        int line = WinogradRoom<T>.Line, lanes = (shape.GroupOutputs + line - 1) / line * line;
        var task = new Task
        {
            X = new(x, TileAxis.Inputs(shape.Rows), TileAxis.Inputs(shape.Columns), samples),
            Dy = new(dy, TileAxis.Outputs(shape.Rows), TileAxis.Outputs(shape.Columns), samples),
            TileColumns = Winograd.Tiles(shape.Columns),
            Tiles = Winograd.Tiles(shape.Rows) * Winograd.Tiles(shape.Columns),
            Inputs = shape.GroupInputs,
            Outputs = shape.GroupOutputs,
            Lanes = lanes,
            PositionStep = ((shape.GroupInputs + 1) * lanes) + line,
            Result = result,
            Bias = bias,
        };
        int sums = Winograd.Positions * task.PositionStep;
        task.ChunkStep = shape.Groups * sums;
        task.Chunks = Math.Clamp(MostSums / task.ChunkStep, 1, Math.Min(MostChunks, task.Tiles));
        task.Sums = Workspace<T>.Shared(task.Chunks * task.ChunkStep);

        long work = (long)task.Tiles * Winograd.Positions * samples * shape.InputChannels * shape.GroupOutputs;
        int threads = (int)Math.Clamp(work / WorthAThread, 1, ThreadLimit.Current);
        WorkerPool.Run(threads, task.Chunks * shape.Groups, &SumChunk, &task);
        WorkerPool.Run(threads, shape.Groups * lanes / line, &AddChunks, &task);
    }

    // A chunk's sums for a group.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumChunk(void* context, int unit)
    {
        ref Task task = ref *(Task*)context;
        (int group, int chunk) = (unit / task.Chunks, unit % task.Chunks);
        long first = (long)task.Tiles * chunk / task.Chunks * task.X.Samples, end = (long)task.Tiles * (chunk + 1) / task.Chunks * task.X.Samples;
        int most = (int)Math.Min(WinogradRoom<T>.MostLanes(task.Inputs, task.X.Samples, task.TileColumns), end - first);
        int inputNumbers = WinogradRoom<T>.Size(task.Inputs, most), gradientNumbers = Winograd.Positions * WinogradRoom<T>.PositionStep(most, task.Lanes), patchNumbers = WinogradRoom<T>.PatchSize(most);
        T* room = Workspace<T>.Of(inputNumbers + gradientNumbers + patchNumbers + (Winograd.TileOutputs * Winograd.TileOutputs * most * task.Lanes) + most);
        var product = new Product { Task = task, Sums = task.SumsOf(group, chunk), Gradients = room + inputNumbers, GradientStep = WinogradRoom<T>.PositionStep(most, task.Lanes) };
        T* patch = product.Gradients + gradientNumbers, turned = patch + patchNumbers;
        product.Ones = turned + (Winograd.TileOutputs * Winograd.TileOutputs * most * task.Lanes);
        new Span<T>(product.Ones, most).Fill(T.One);
        for (long lane = first; lane < end; lane += most)
        {
            product.Count = (int)Math.Min(most, end - lane);
            product.Continues = lane > first;
            product.Column = WinogradRoom<T>.Column(product.Count);
            product.Inputs = new(room, task.Inputs, product.Column, patch, patchNumbers);
            for (int done = 0; done < product.Count;)
            {
                var piece = TilePiece.At(lane + done, product.Count - done, task.X.Samples, task.TileColumns);
                product.Inputs.Take(task.X, group * task.Inputs, piece, done);
                TakeGradients(task, group, piece, turned, product.Gradients + (done * task.Lanes), product.GradientStep);
                done += piece.Lanes;
            }

            Widest.Run<T, Product>(task.Lanes, product);
        }
    }

    // A piece's gradients, for each sample the channels, at all positions.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TakeGradients(in Task task, int group, TilePiece piece, T* turned, T* positions, nint positionStep)
    {
        TilePlaces rows = task.Dy.Rows(piece), columns = task.Dy.Columns(piece);
        T* source = task.Dy.At(group * task.Outputs, piece);
        int numbers = piece.Lanes * task.Lanes;
        for (int place = 0; place < Winograd.TileOutputs * Winograd.TileOutputs; place++)
        {
            T* destination = turned + (place * numbers);
            for (int tile = 0; tile < piece.Rows * piece.Columns; tile++, destination += piece.Samples * task.Lanes)
            {
                int row = (tile / piece.Columns * Winograd.TileOutputs) + (place / Winograd.TileOutputs), column = (tile % piece.Columns * Winograd.TileOutputs) + (place % Winograd.TileOutputs);
                if (row < rows.End && column < columns.End)
                    Packing.Pack(new Operand<T>(source + task.Dy.Grid.At(row, column), task.Dy.ChannelStep, 1), task.Outputs, task.Lanes, piece.Samples, destination);
                else
                    new Span<T>(destination, piece.Samples * task.Lanes).Clear();
            }
        }

        Widest.Run<T, Turn>(task.Lanes, new() { Source = turned, Numbers = numbers, Positions = positions, PositionStep = positionStep });
    }

    // The sums of all chunks for some output channels, from positions to weights.
    private static void AddChunks(void* context, int unit)
    {
        ref Task task = ref *(Task*)context;
        int line = WinogradRoom<T>.Line, panels = task.Lanes / line;
        (int group, int first) = (unit / panels, unit % panels * line);
        Widest.Run<T, Addition>(line, new() { Task = task, Group = group, First = first, Channels = Math.Min(line, task.Outputs - first) });
    }

    private struct Task
    {
        public TileImage<T> X, Dy;
        public int Tiles, TileColumns;

        // Of a group; lanes are the output channels and what is left of the last line.
        public int Inputs, Outputs, Lanes;

        // For each position a line of lanes for each input channel, and one for the bias.
        public int PositionStep, ChunkStep, Chunks;
        public T* Sums;
        public T* Result, Bias;

        public readonly T* SumsOf(int group, int chunk) => Sums + ((nint)chunk * ChunkStep) + ((nint)group * Winograd.Positions * PositionStep);
    }

    private struct Turn : IOnVectors<T>
    {
        public T* Source, Positions;
        public int Numbers;
        public nint PositionStep;

        public readonly void Run<V>()
            where V : struct, ISimd<V, T> => WinogradTransforms<T, V>.OutputGradients(Source, Numbers, Numbers, Positions, PositionStep);
    }

    // At each position the gradients times the inputs of a unit's lanes.
    private struct Product : IOnVectors<T>
    {
        public Task Task;
        public T* Sums, Gradients, Ones;
        public nint GradientStep;
        public TileInputs<T> Inputs;
        public int Column, Count;
        public bool Continues;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<V>()
            where V : struct, ISimd<V, T>
        {
            int vectors = Task.Lanes / V.Width, heights = ((vectors - 1) / Tiles<T, V>.MostVectors) + 1;
            var tile = new TileTask<T> { StepA = Task.Lanes, Depth = Count, StepC = Task.Lanes, Continues = Continues };
            for (int position = 0; position < Winograd.Positions; position++)
            {
                T* gradients = Gradients + (position * GradientStep), sums = Sums + ((nint)position * Task.PositionStep);
                for (int i = 0; i < heights; i++)
                {
                    int first = vectors * i / heights, height = (vectors * (i + 1) / heights) - first;
                    tile.Rows = height * V.Width;
                    tile.A = gradients + (first * V.Width);
                    for (int panel = 0; panel < ChannelPanels.Count(Task.Inputs); panel++)
                    {
                        int channel = ChannelPanels.First(Task.Inputs, panel), columns = ChannelPanels.First(Task.Inputs, panel + 1) - channel;
                        tile.B = new(Inputs.At(position) + ((nint)channel * Column), Column, 1);
                        tile.C = sums + ((nint)channel * Task.Lanes) + (first * V.Width);
                        Tiles<T, V>.Run<EvenWalk>(height, columns, tile);
                    }

                    if (position != Winograd.BiasPosition || Task.Bias == null)
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
            int depth = Task.Inputs * Winograd.KernelPlaces, step = V.Width;
            T* kernels = Workspace<T>.Of(depth * step), sums = Task.SumsOf(Group, 0);
            for (int done = 0; done < Channels; done += step)
            {
                int channel = First + done, count = Math.Min(step, Channels - done), output = (Group * Task.Outputs) + channel;
                for (int input = 0; input < Task.Inputs; input++)
                    WinogradTransforms<T, V>.KernelGradients(sums + ((nint)input * Task.Lanes) + channel, Task.PositionStep, Task.ChunkStep, Task.Chunks, kernels + (input * Winograd.KernelPlaces * step));
                Packing.Pack(new Operand<T>(kernels, step, 1), depth, depth, count, Task.Result + ((nint)output * depth));
                if (Task.Bias != null)
                    V.StoreFirst(Task.Bias + output, WinogradTransforms<T, V>.Sum(sums + (Winograd.BiasPosition * Task.PositionStep) + ((nint)Task.Inputs * Task.Lanes) + channel, Task.ChunkStep, Task.Chunks), count);
            }
        }
    }
}
