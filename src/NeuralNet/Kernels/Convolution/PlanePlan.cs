using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>A sliding window over small batches: the image is laid out so that the windows of all outputs are one run, and lanes go on from one row of outputs to the next.</summary>
/// <remarks>
/// The padded image is cut into a plane for each phase of the stride: inputs that are a stride apart lie side by side. So each output's window is one step behind the one before it, as for a stride of 1
/// without padding. Rows of outputs have the pitch of the planes, which are wider; what lies between them is computed along and left out. Zeros beside the image are multiplied along, which
/// changes no sum of finite numbers. An image without padding and a stride of 1 is such a plane itself.
/// </remarks>
internal sealed unsafe class PlanePlan
{
    /// <summary>Outputs of a segment: four of the widest vectors for a single image. The last takes what is left along.</summary>
    private const int SegmentLength = 64;

    /// <summary>The most numbers that are laid out: for large images one row after the other is long enough.</summary>
    private const long MostNumbers = 1 << 24;

    private readonly WindowAxis rows;
    private readonly WindowAxis columns;
    private readonly Tap[] taps;
    private readonly Segment[] segments;

    private PlanePlan(WindowAxis rows, WindowAxis columns, int channels)
    {
        (this.rows, this.columns) = (rows, columns);
        (Height, Width) = (Length(rows), Length(columns));
        ChannelPlaces = checked(rows.Stride * columns.Stride * Height * Width);
        IsImage = rows.Stride == 1 && columns.Stride == 1 && rows.Padding == 0 && columns.Padding == 0 && Height == rows.Input && Width == columns.Input;

        // Pinned for their whole life: kernels walk along them.
        taps = GC.AllocateUninitializedArray<Tap>(channels * rows.Kernel * columns.Kernel, pinned: true);
        for (int i = 0; i < taps.Length; i++)
        {
            (int channel, int row, int column) = (i / (rows.Kernel * columns.Kernel), i / columns.Kernel % rows.Kernel * rows.Dilation, i % columns.Kernel * columns.Dilation);
            int phase = (row % rows.Stride * columns.Stride) + (column % columns.Stride);
            taps[i] = new((channel * ChannelPlaces) + (((phase * Height) + (row / rows.Stride)) * Width) + (column / columns.Stride), i);
        }

        int run = ((rows.Output - 1) * Width) + columns.Output;
        segments = GC.AllocateUninitializedArray<Segment>(Math.Max(1, run / SegmentLength), pinned: true);
        for (int i = 0; i < segments.Length; i++)
            segments[i] = new(i * SegmentLength, i < segments.Length - 1 ? SegmentLength : run - (i * SegmentLength), i * SegmentLength, 0, taps.Length);
    }

    /// <summary>The plan for a window; null where the planes of a single image and channel are too large.</summary>
    public static PlanePlan? Of(WindowAxis rows, WindowAxis columns, int channels) =>
        (double)rows.Stride * columns.Stride * Length(rows) * Length(columns) <= MostNumbers ? new(rows, columns, channels) : null;

    /// <summary>The height and width of a plane.</summary>
    public int Height { get; }

    public int Width { get; }

    /// <summary>The places of a channel's planes.</summary>
    public int ChannelPlaces { get; }

    /// <summary>The places of a channel of the result, with those that are left out.</summary>
    public int ResultPlaces => rows.Output * Width;

    /// <summary>Whether the image is the plane.</summary>
    public bool IsImage { get; }

    /// <summary>Whether the result is as it should be, with nothing to leave out.</summary>
    public bool IsDense => Width == columns.Output;

    /// <summary>Whether the planes and the wide result of a batch are small beside what a machine has.</summary>
    public bool IsWorthwhile(int samples, int inputChannels, int outputChannels) =>
        samples * (((long)inputChannels * ChannelPlaces) + ((long)outputChannels * ResultPlaces)) <= MostNumbers;

    public TapTable Table => new((Segment*)Unsafe.AsPointer(ref segments[0]), segments.Length, (Tap*)Unsafe.AsPointer(ref taps[0]));

    /// <summary>The planes of a batch of images; beside the image zeros.</summary>
    public void Lay<T>(T* image, int channels, int samples, T* planes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        new Span<T>(planes, channels * ChannelPlaces * samples).Clear();
        for (int channel = 0; channel < channels; channel++)
        {
            for (int row = 0; row < rows.Input; row++)
            {
                int padded = row + rows.Padding, plane = padded % rows.Stride * columns.Stride, line = padded / rows.Stride;
                if (line >= Height)
                    continue;
                T* source = image + ((((nint)channel * rows.Input) + row) * columns.Input * samples);
                for (int phase = 0; phase < columns.Stride; phase++)
                {
                    // The first input of this phase, and where it lies.
                    int first = (((phase - columns.Padding) % columns.Stride) + columns.Stride) % columns.Stride, place = (first + columns.Padding) / columns.Stride;
                    int count = Math.Min((columns.Input - first + columns.Stride - 1) / columns.Stride, Width - place);
                    T* destination = planes + ((((nint)channel * ChannelPlaces) + ((((plane + phase) * Height) + line) * Width) + place) * samples);
                    Take(source + (first * samples), columns.Stride, samples, count, destination);
                }
            }
        }
    }

    /// <summary>The result without what lies between its rows.</summary>
    public void TakeResult<T>(T* wide, int channels, int samples, T* result)
        where T : unmanaged
    {
        int length = columns.Output * samples;
        for (int line = 0; line < channels * rows.Output; line++)
            new ReadOnlySpan<T>(wide + ((nint)line * Width * samples), length).CopyTo(new Span<T>(result + ((nint)line * length), length));
    }

    // So many columns, each a stride behind the one before it, side by side.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Take<T>(T* source, int stride, int samples, int count, T* destination)
        where T : unmanaged
    {
        if (stride == 1)
        {
            if (count > 0)
                new ReadOnlySpan<T>(source, count * samples).CopyTo(new Span<T>(destination, count * samples));
            return;
        }

        if (samples == 1)
        {
            for (int i = 0; i < count; i++)
                destination[i] = source[(nint)i * stride];
            return;
        }

        for (int i = 0; i < count; i++)
        {
            for (int sample = 0; sample < samples; sample++)
                destination[(i * samples) + sample] = source[(i * stride * samples) + sample];
        }
    }

    private static int Length(WindowAxis axis) => axis.Output + ((axis.Kernel - 1) * axis.Dilation / axis.Stride);
}
