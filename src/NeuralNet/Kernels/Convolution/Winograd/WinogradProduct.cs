using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The sums of a convolution by <see cref="Winograd"/>.</summary>
/// <remarks>
/// Lanes are the samples of a batch at one tile and then at the next. A unit of lanes is taken through all steps before the next one, so that what lies between the steps stays in the cache.
/// A lane's sums run over the input channels in order: its bits depend neither on the batch nor on width and threads.
/// </remarks>
internal static unsafe class WinogradProduct<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Multiply-adds from which on a second thread pays.</summary>
    private const long WorthAThread = 200_000;

    /// <summary>The most strips of output channels whose sums are kept until they are given out.</summary>
    private const int MostStrips = 4;

    /// <summary>Threads share the tiles of a batch; of a single sample, which has few, the output channels.</summary>
    public static void Run(WinogradTask<T> task)
    {
        long work = (long)task.Tiles * task.Tile.Positions * task.Source.Samples * task.Kernels.Inputs * task.Kernels.Outputs * task.Groups;
        (int threads, int units) = ThreadLimit.Cut(work, WorthAThread);
        if (task.Source.Samples == 1)
        {
            task.Parts = Math.Min(threads, task.Kernels.Outputs);
            WorkerPool.Run(task.Parts, task.Parts, &RunChannels, &task);
            return;
        }

        if (task.Weights == null)
        {
            task.Weights = Workspace<T>.Shared(checked(task.Groups * task.Kernels.Size));
            Transform(task, threads);
        }

        task.Parts = Math.Min(units, task.Tiles);
        WorkerPool.Run(threads, task.Parts, &RunTiles, &task);
    }

    /// <summary>Transforms the kernels of all groups.</summary>
    public static void Transform(WinogradTask<T> task, int threads)
    {
        task.Parts = Math.Min(threads, task.Strips);
        WorkerPool.Run(task.Parts, task.Parts, &TransformStrips, &task);
    }

    // Each thread does all of its channels by itself and waits for no other: what it writes stays in its processor's cache.
    private static void RunChannels(void* context, int part)
    {
        ref WinogradTask<T> task = ref *(WinogradTask<T>*)context;
        int first = EvenParts.Start(part, task.Parts, task.Kernels.Outputs), count = EvenParts.Start(part + 1, task.Parts, task.Kernels.Outputs) - first;
        WinogradKernels<T> own = task.Kernels.From(first, count);
        int room = Room(task, count, task.Tiles);
        if (task.Weights != null)
        {
            T* memory = Workspace<T>.Of(room);
            for (int group = 0; group < task.Groups; group++)
                RunLanes(task, new(task, group, first, count), 0, task.Tiles, memory);
            return;
        }

        T* weights = Workspace<T>.Of(own.Size + Math.Max(own.StripNumbers, room)), rest = weights + own.Size;
        for (int group = 0; group < task.Groups; group++)
        {
            own = task.Kernels.OfGroup(group).From(first, count);
            own.Transform(0, ChannelStrips.Count(count), rest, weights);
            RunLanes(task, new(own, weights, group * own.Inputs, (group * task.Kernels.Outputs) + first, 0, count), 0, task.Tiles, rest);
        }
    }

    private static void TransformStrips(void* context, int part)
    {
        ref WinogradTask<T> task = ref *(WinogradTask<T>*)context;
        for (int group = 0; group < task.Groups; group++)
            task.Kernels.OfGroup(group).Transform(EvenParts.Start(part, task.Parts, task.Strips), EvenParts.Start(part + 1, task.Parts, task.Strips), Workspace<T>.Of(task.Kernels.StripNumbers), task.Weights + ((nint)group * task.Kernels.Size));
    }

    private static void RunTiles(void* context, int part)
    {
        ref WinogradTask<T> task = ref *(WinogradTask<T>*)context;
        long first = (long)EvenParts.Start(part, task.Parts, task.Tiles) * task.Source.Samples, end = (long)EvenParts.Start(part + 1, task.Parts, task.Tiles) * task.Source.Samples;
        T* room = Workspace<T>.Of(Room(task, task.Kernels.Outputs, end - first));
        for (int group = 0; group < task.Groups; group++)
            RunLanes(task, new(task, group, 0, task.Kernels.Outputs), first, end, room);
    }

    private static int MostLanes(in WinogradTask<T> task, long lanes) => (int)Math.Min(WinogradRoom<T>.MostLanes(task.Tile, task.Kernels.Inputs, task.Source.Samples, task.TileColumns), lanes);

    private static int MostOutputs(int outputs) => Math.Min(outputs, MostStrips * ChannelStrips.MostChannels);

    private static int Room(in WinogradTask<T> task, int outputs, long lanes)
    {
        int most = MostLanes(task, lanes);
        return WinogradRoom<T>.Size(task.Tile, task.Kernels.Inputs, most) + WinogradRoom<T>.Size(task.Tile, MostOutputs(outputs), most) + WinogradRoom<T>.PatchSize(task.Tile, task.Source.Samples, most);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunLanes(in WinogradTask<T> task, Channels channels, long first, long end, T* room)
    {
        int most = MostLanes(task, end - first), patchSize = WinogradRoom<T>.PatchSize(task.Tile, task.Source.Samples, most);
        T* outputs = room + WinogradRoom<T>.Size(task.Tile, channels.Kernels.Inputs, most), patch = outputs + WinogradRoom<T>.Size(task.Tile, MostOutputs(channels.Count), most);
        for (long lane = first; lane < end; lane += most)
        {
            int lanes = (int)Math.Min(most, end - lane), column = WinogradRoom<T>.Column(lanes);
            var unit = new Unit { Task = task, Channels = channels, Lane = lane, Lanes = lanes, Column = column, Inputs = new(task.Tile, room, channels.Kernels.Inputs, column, patch, patchSize) };
            unit.TakeInputs();
            for (int channel = channels.First; channel < channels.End; channel = unit.EndChannel)
            {
                unit.UseChannels(channel, outputs, patch, patchSize);
                Widest.Run<T, Unit>(column, unit);
                unit.GiveOutputs();
            }
        }
    }

    // Some output channels of those that have strips of kernels, and the input channels that they see.
    private readonly struct Channels(WinogradKernels<T> kernels, T* weights, int firstInput, int firstOutput, int first, int count)
    {
        public readonly WinogradKernels<T> Kernels = kernels;
        public readonly T* Weights = weights;

        // Where the input channels, and the output channels of the strips, begin in the images.
        public readonly int FirstInput = firstInput, FirstOutput = firstOutput;

        public readonly int First = first, Count = count;

        public Channels(in WinogradTask<T> task, int group, int first, int count)
            : this(task.Kernels.OfGroup(group), task.Weights + ((nint)group * task.Kernels.Size), group * task.Kernels.Inputs, group * task.Kernels.Outputs, first, count)
        {
        }

        public int End => First + Count;
    }

    // Some lanes, and some output channels, of few strips.
    private struct Unit : IOnVectors<T>
    {
        public WinogradTask<T> Task;
        public Channels Channels;
        public long Lane;
        public int Lanes, Column;
        public TileInputs<T> Inputs;
        private int firstChannel;
        private TileOutputs<T> outputs;

        public int EndChannel { get; private set; }

        public readonly void TakeInputs()
        {
            for (int done = 0; done < Lanes;)
            {
                var piece = TilePiece.At(Lane + done, Lanes - done, Task.Source.Samples, Task.TileColumns);
                Inputs.Take(Task.Source, Channels.FirstInput, piece, done);
                done += piece.Lanes;
            }
        }

        public void UseChannels(int first, T* room, T* patch, int patchSize)
        {
            firstChannel = first;
            EndChannel = Math.Min(((first / ChannelStrips.MostChannels) + MostStrips) * ChannelStrips.MostChannels, Channels.End);
            outputs = new(Task.Tile, room, EndChannel - firstChannel, Column, patch, patchSize);
        }

        // At each position the inputs times the kernels. Lanes behind the last are computed along.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<V>()
            where V : struct, ISimd<V, T>
        {
            WinogradKernels<T> kernels = Channels.Kernels;
            int step = ChannelStrips.Step(kernels.Outputs);
            T* weights = Channels.Weights, start = Task.Start == null ? null : Task.Start + Channels.FirstOutput;
            var tile = new TileTask<T> { StepA = Column, Depth = kernels.Inputs, StepC = Column };
            for (int position = 0; position < Task.Tile.Positions; position++, weights += kernels.PositionStep)
            {
                for (int channel = firstChannel, end; channel < EndChannel; channel = end)
                {
                    (int strip, int place) = Math.DivRem(channel, ChannelStrips.MostChannels);
                    end = Math.Min((strip + 1) * ChannelStrips.MostChannels, EndChannel);
                    tile.B = new(weights + ((nint)strip * kernels.Inputs * step) + place, 1, step);
                    tile.Start = start == null || position != Task.Tile.BiasPosition ? null : start + channel;
                    RunStrip<V>(tile, end - channel, Inputs.At(position), outputs.At(position) + ((nint)(channel - firstChannel) * Column));
                }
            }
        }

        // Output channels of a strip at a position.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void RunStrip<V>(in TileTask<T> strip, int channels, T* source, T* result)
            where V : struct, ISimd<V, T>
        {
            if (Column == V.Width && StripTile<T, V>.Suits(channels))
            {
                StripTile<T, V>.Run(strip with { A = source, C = result });
                return;
            }

            TileTask<T> tile = strip;
            var panels = new ColumnPanels(channels);
            for (int panel = 0; panel < panels.Count; panel++)
            {
                int first = panels.First(panel);
                tile.B = strip.B.From(first, 0);
                tile.Start = strip.Start == null ? null : strip.Start + first;
                RunPanel<V>(ref tile, panels.First(panel + 1) - first, source, result + ((nint)first * Column));
            }
        }

        // Some output channels at a position, for all lanes.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void RunPanel<V>(ref TileTask<T> tile, int columns, T* source, T* result)
            where V : struct, ISimd<V, T>
        {
            int vectors = Column / V.Width, heights = ((vectors - 1) / Tiles<T, V>.MostVectors) + 1;
            for (int i = 0; i < heights; i++)
            {
                int first = EvenParts.Start(i, heights, vectors), height = EvenParts.Start(i + 1, heights, vectors) - first;
                tile.Rows = height * V.Width;
                tile.A = source + (first * V.Width);
                tile.C = result + (first * V.Width);
                Tiles<T, V>.Run<EvenWalk>(height, columns, tile);
            }
        }

        public readonly void GiveOutputs()
        {
            for (int done = 0; done < Lanes;)
            {
                var piece = TilePiece.At(Lane + done, Lanes - done, Task.Source.Samples, Task.TileColumns);
                outputs.Give(Task.Result, Channels.FirstOutput + firstChannel, piece, done, Task.Rectifies, Task.PoolPlaces);
                done += piece.Lanes;
            }
        }
    }
}
