namespace NeuralNet.Kernels;

/// <summary>A convolution of a batch that does not fill a vector, over its images' <see cref="Planes"/>.</summary>
/// <remarks>Threads share the channels of the output. Each does all of its own by itself, from laying out the images to the finished result, and waits for no other; so what it writes stays in its processor's cache.</remarks>
internal static unsafe class PlaneProduct<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Multiply-adds from which on a second thread pays: few, since what follows, pooling say, then finds each thread's channels where that thread works.</summary>
    private const long WorthAThread = 50_000;

    /// <summary>y = start + w * x, or the Relu of it; the sums start from 0 if <paramref name="start"/> is null.</summary>
    public static void Run(ConvolutionShape shape, PlanePlan plan, T* x, int samples, T* weight, T* start, T* y, bool rectifies)
    {
        var task = new Task
        {
            Planes = plan.Planes,
            Table = plan.Table,
            X = x,
            Samples = samples,
            Weight = weight,
            Start = start,
            Y = y,
            Rectifies = rectifies,
            Channels = shape.OutputChannels,
            GroupInputs = shape.GroupInputs,
            GroupOutputs = shape.GroupOutputs,
            Depth = shape.Depth,
            InputPlaces = shape.InputPlaces,
            OutputPlaces = shape.OutputPlaces,
        };
        long work = (long)shape.WeightCount * plan.Planes.ResultPlaces * samples;
        task.Parts = Math.Min(ThreadLimit.For(work, WorthAThread), shape.OutputChannels);
        WorkerPool.Run(task.Parts, task.Parts, &RunPart, &task);
    }

    private static void RunPart(void* context, int part)
    {
        ref Task task = ref *(Task*)context;
        int first = EvenParts.Start(part, task.Parts, task.Channels), end = EvenParts.Start(part + 1, task.Parts, task.Channels);
        while (first < end)
        {
            int group = first / task.GroupOutputs, count = Math.Min(end, (group + 1) * task.GroupOutputs) - first;
            RunChannels(task, group, first, count);
            first += count;
        }
    }

    // Some channels of the output that belong to one group.
    private static void RunChannels(in Task task, int group, int first, int count)
    {
        Planes planes = task.Planes;
        int size = ChannelStrips.Size(count, task.Depth), samples = task.Samples;
        int laidNumbers = planes.IsImage ? 0 : task.GroupInputs * planes.ChannelPlaces * samples, wideNumbers = planes.IsDense ? 0 : count * planes.ResultPlaces * samples;
        T* packed = Workspace<T>.Of(size + laidNumbers + wideNumbers), laid = packed + size, wide = laid + laidNumbers;
        T* x = task.X + ((nint)group * task.GroupInputs * task.InputPlaces * samples), y = task.Y + ((nint)first * task.OutputPlaces * samples);
        ChannelStrips.Pack(new Operand<T>(task.Weight + ((nint)first * task.Depth), task.Depth, 1), count, task.Depth, 0, task.Depth, packed);
        if (!planes.IsImage)
            planes.Lay(x, task.GroupInputs, samples, laid);
        TapProduct<T>.RunAlone(new()
        {
            Table = task.Table,
            Samples = samples,
            Source = planes.IsImage ? x : laid,
            Groups = 1,
            GroupInputs = task.GroupInputs * planes.ChannelPlaces,
            Weights = packed,
            Depth = task.Depth,
            Start = task.Start == null ? null : task.Start + first,
            Result = planes.IsDense ? y : wide,
            Rectifies = task.Rectifies,
            Channels = count,
            Places = planes.ResultPlaces,
        });
        if (!planes.IsDense)
            planes.TakeResult(wide, count, samples, y);
    }

    private struct Task
    {
        public Planes Planes;
        public TapTable Table;
        public T* X;
        public int Samples;
        public T* Weight, Start, Y;
        public bool Rectifies;
        public int Channels, GroupInputs, GroupOutputs, Depth, InputPlaces, OutputPlaces, Parts;
    }
}
