using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>How a batch of images is laid out so that the windows of all outputs are one run.</summary>
/// <remarks>
/// The padded image is cut into a plane for each phase of the stride: inputs that are a stride apart lie side by side. So each output's window is one step behind the one before it, as for a stride of 1
/// without padding. Rows of outputs have the pitch of the planes, which are wider; what lies between them is computed along and left out. Zeros beside the image are multiplied along, which
/// changes no sum of finite numbers. An image without padding and a stride of 1 is such a plane itself.
/// </remarks>
internal readonly unsafe struct Planes
{
    private readonly WindowAxis rows;
    private readonly WindowAxis columns;

    public Planes(WindowAxis rows, WindowAxis columns)
    {
        (this.rows, this.columns) = (rows, columns);
        (Height, Width) = (Length(rows), Length(columns));
        IsImage = rows.Stride == 1 && columns.Stride == 1 && rows.Padding == 0 && columns.Padding == 0 && Height == rows.Input && Width == columns.Input;
    }

    /// <summary>The height and width of a plane.</summary>
    public int Height { get; }

    public int Width { get; }

    /// <summary>The places of a channel's planes.</summary>
    public int ChannelPlaces => rows.Stride * columns.Stride * Height * Width;

    /// <summary>The places of a channel of the result, with those that are left out.</summary>
    public int ResultPlaces => rows.Output * Width;

    /// <summary>The places from the first output's to the last's.</summary>
    public int Run => ((rows.Output - 1) * Width) + columns.Output;

    /// <summary>Whether the image is the plane.</summary>
    public bool IsImage { get; }

    /// <summary>Whether the result is as it should be, with nothing to leave out.</summary>
    public bool IsDense => Width == columns.Output;

    /// <summary>The numbers of a single image's channel, however large.</summary>
    public static double Numbers(WindowAxis rows, WindowAxis columns) => (double)rows.Stride * columns.Stride * Length(rows) * Length(columns);

    /// <summary>The place in a channel's planes that lies under a place of the first output's kernel.</summary>
    public int PlaceUnder(int kernelRow, int kernelColumn)
    {
        (int row, int column) = (kernelRow * rows.Dilation, kernelColumn * columns.Dilation);
        int phase = (row % rows.Stride * columns.Stride) + (column % columns.Stride);
        return (((phase * Height) + (row / rows.Stride)) * Width) + (column / columns.Stride);
    }

    /// <summary>The planes of a batch of images; beside the image zeros.</summary>
    public void Lay<T>(T* image, int channels, int samples, T* planes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        new Span<T>(planes, channels * ChannelPlaces * samples).Clear();
        for (int channel = 0; channel < channels; channel++)
        {
            T* source = image + ((nint)channel * rows.Input * columns.Input * samples), destination = planes + ((nint)channel * ChannelPlaces * samples);
            if (rows.Stride == 1 && columns.Stride == 1)
                LayWhole(source, samples, destination);
            else
                LayPhases(source, samples, destination);
        }
    }

    /// <summary>The result without what lies between its rows.</summary>
    public void TakeResult<T>(T* wide, int channels, int samples, T* result)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int length = columns.Output * samples;
        Packing.Pack(new Operand<T>(wide, 1, (nint)Width * samples), length, length, channels * rows.Output, result);
    }

    private static int Length(WindowAxis axis) => axis.Output + ((axis.Kernel - 1) * axis.Dilation / axis.Stride);

    // With a stride of 1 there is a single plane: each row of the image goes into one of the plane's, as far as it is wide.
    private void LayWhole<T>(T* image, int samples, T* plane)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int lines = Math.Min(rows.Input, Height - rows.Padding), length = Math.Min(columns.Input, Width - columns.Padding) * samples;
        T* destination = plane + ((((nint)rows.Padding * Width) + columns.Padding) * samples);
        if (lines > 0 && length > 0)
            Packing.Pack(new Operand<T>(image, 1, (nint)columns.Input * samples), length, Width * samples, lines, destination);
    }

    private void LayPhases<T>(T* image, int samples, T* planes)
        where T : unmanaged
    {
        for (int row = 0; row < rows.Input; row++)
        {
            int padded = row + rows.Padding, plane = padded % rows.Stride * columns.Stride, line = padded / rows.Stride;
            if (line >= Height)
                continue;
            T* source = image + ((nint)row * columns.Input * samples);
            for (int phase = 0; phase < columns.Stride; phase++)
            {
                // The first input of this phase, and where it lies.
                int first = (((phase - columns.Padding) % columns.Stride) + columns.Stride) % columns.Stride, place = (first + columns.Padding) / columns.Stride;
                int count = Math.Min((columns.Input - first + columns.Stride - 1) / columns.Stride, Width - place);
                Take(source + (first * samples), columns.Stride * samples, samples, count, planes + ((((((nint)plane + phase) * Height) + line) * Width) + place) * samples);
            }
        }
    }

    // So many columns, each a step behind the one before it, side by side.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Take<T>(T* source, nint step, int samples, int count, T* destination)
        where T : unmanaged
    {
        for (int i = 0; i < count; i++, source += step, destination += samples)
        {
            for (int sample = 0; sample < samples; sample++)
                destination[sample] = source[sample];
        }
    }
}
