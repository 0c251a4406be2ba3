namespace NeuralNet.Kernels;

/// <summary>The product of a single row, y = start + x·b, with the columns of b packed in <see cref="ChannelStrips"/>.</summary>
/// <remarks>Lanes are columns, a few vectors of them at a time, whose numbers are read as they lie. Each sum runs over k in order, as in <see cref="RowProduct{T, V}"/>.</remarks>
internal static unsafe class StripProduct<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Multiply-adds from which on a second thread pays.</summary>
    private const long WorthAThread = 200_000;

    /// <summary>How many vectors of columns are summed together, so that one's sums go on while another's wait for their last multiply-add.</summary>
    private const int MostVectors = 4;

    /// <summary>y = start + x·b; the sums start from 0 if <paramref name="start"/> is null.</summary>
    public static void Run(T* x, T* strips, int depth, T* start, T* y, int columns) =>
        Widest.RunWhole<T, Task>(columns, new() { X = x, Strips = strips, Depth = depth, Start = start, Y = y, Columns = columns });

    private static void RunPart<V>(void* context, int part)
        where V : struct, ISimd<V, T>
    {
        ref Task task = ref *(Task*)context;
        int vectors = task.Vectors<V>(), first = EvenParts.Start(part, task.Parts, vectors), count = EvenParts.Start(part + 1, task.Parts, vectors) - first;
        int groups = ((count - 1) / MostVectors) + 1;
        for (int group = 0; group < groups; group++)
            RunVectors<V>(task, first + EvenParts.Start(group, groups, count), first + EvenParts.Start(group + 1, groups, count));
    }

    // Up to four vectors. If there are fewer the last is summed once more along with itself: its numbers are near by then.
    private static void RunVectors<V>(in Task task, int first, int end)
        where V : struct, ISimd<V, T>
    {
        int second = Math.Min(first + 1, end - 1), third = Math.Min(first + 2, end - 1), fourth = end - 1;
        T* b0 = task.FirstOf<V>(first), b1 = task.FirstOf<V>(second), b2 = task.FirstOf<V>(third), b3 = task.FirstOf<V>(fourth), x = task.X;
        V sum0 = task.StartOf<V>(first), sum1 = task.StartOf<V>(second), sum2 = task.StartOf<V>(third), sum3 = task.StartOf<V>(fourth);
        nint step = ChannelStrips.Step(task.Columns), size = task.Depth * step;
        for (nint k = 0; k < size; k += step, x++)
        {
            V factor = V.Broadcast(*x);
            sum0 = V.Fma(V.Load(b0 + k), factor, sum0);
            sum1 = V.Fma(V.Load(b1 + k), factor, sum1);
            sum2 = V.Fma(V.Load(b2 + k), factor, sum2);
            sum3 = V.Fma(V.Load(b3 + k), factor, sum3);
        }

        task.Store(first, sum0);
        task.Store(second, sum1);
        task.Store(third, sum2);
        task.Store(fourth, sum3);
    }

    private struct Task : IOnVectors<T>
    {
        public T* X, Strips;
        public int Depth;
        public T* Start, Y;
        public int Columns, Parts;

        public readonly void Run<V>()
            where V : struct, ISimd<V, T>
        {
            Task shared = this;
            shared.Parts = Math.Min(ThreadLimit.For((long)Depth * Columns, WorthAThread), Vectors<V>());
            WorkerPool.Run(shared.Parts, shared.Parts, &RunPart<V>, &shared);
        }

        public readonly int Vectors<V>()
            where V : struct, ISimd<V, T> => ((Columns - 1) / V.Width) + 1;

        // A vector's columns for k = 0. What its last lanes read may be other columns' or nobody's, and is not stored.
        public readonly T* FirstOf<V>(int vector)
            where V : struct, ISimd<V, T>
        {
            (int strip, int channel) = Math.DivRem(vector * V.Width, ChannelStrips.MostChannels);
            return Strips + ((nint)strip * Depth * ChannelStrips.Step(Columns)) + channel;
        }

        public readonly V StartOf<V>(int vector)
            where V : struct, ISimd<V, T> => Start == null ? V.Broadcast(T.Zero) : V.LoadFirst(Start + (vector * V.Width), Lanes<V>(vector));

        public readonly void Store<V>(int vector, V sums)
            where V : struct, ISimd<V, T> => V.StoreFirst(Y + (vector * V.Width), sums, Lanes<V>(vector));

        private readonly int Lanes<V>(int vector)
            where V : struct, ISimd<V, T> => Math.Min(V.Width, Columns - (vector * V.Width));
    }
}
