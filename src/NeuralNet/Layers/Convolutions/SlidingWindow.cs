using System.Globalization;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The window of a convolution or pooling layer: its hyperparameters, checked, and what they make of an image.</summary>
internal sealed record SlidingWindow
{
    private readonly Padding padding;

    public SlidingWindow(Size2D kernelSize, Size2D stride, Padding padding, Size2D dilation)
    {
        Kernel = Checked(kernelSize, nameof(kernelSize));
        Stride = Checked(stride, nameof(stride));
        Dilation = Checked(dilation, nameof(dilation));
        this.padding = padding;
    }

    public Size2D Kernel { get; }

    /// <summary>How many places lie under the window.</summary>
    public int Places => Kernel.Height * Kernel.Width;

    private Size2D Stride { get; }

    private Size2D Dilation { get; }

    /// <summary>The window that <see cref="DescribeTo"/> described.</summary>
    public static SlidingWindow Of(LayerDescription description) => new(
        Size(description, "kernelSize"), Size(description, "stride"), Padding.Parse(description.Get<string>("padding")), Size(description, "dilation"));

    public LayerDescription DescribeTo(LayerDescription description) => description
        .With("kernelSize", new Shape(Kernel.Height, Kernel.Width))
        .With("stride", new Shape(Stride.Height, Stride.Width))
        .With("padding", padding.ToString())
        .With("dilation", new Shape(Dilation.Height, Dilation.Width));

    /// <summary>A pooling's text: <c>2x2</c>; what is usual is left out.</summary>
    public string ToText(Size2D usualStride) => string.Concat(
        Kernel.ToString(),
        Stride == usualStride ? string.Empty : $", stride {Stride}",
        padding == Padding.None ? string.Empty : $", padding {padding}",
        Dilation == 1 ? string.Empty : $", dilation {Dilation}");

    /// <summary>A convolution's text: <c>16 -&gt; 32, 3x3, padding same</c>; what is usual is left out.</summary>
    public string ToText(int? inputChannels, int outputChannels, int groups, bool hasBias, Size2D outputPadding = default) => string.Concat(
        [
            $"{inputChannels?.ToString(CultureInfo.InvariantCulture) ?? "?"} -> {outputChannels}, {ToText(usualStride: 1)}",
            outputPadding == 0 ? string.Empty : $", output padding {outputPadding}",
            groups == 1 ? string.Empty : $", {groups} groups",
            hasBias ? string.Empty : ", no bias",
        ]);

    /// <summary>What a transposed convolution may add to its output.</summary>
    public void CheckOutputPadding(Size2D outputPadding)
    {
        if (padding.IsSame)
            throw new ArgumentException("A transposed convolution expects its padding in numbers: several sizes of output have the same size of input.");
        Guard.InRange(outputPadding.Height, outputPadding.Height >= 0 && outputPadding.Height < Stride.Height, $"at least 0 and less than the stride {Stride.Height}", nameof(outputPadding));
        Guard.InRange(outputPadding.Width, outputPadding.Width >= 0 && outputPadding.Width < Stride.Width, $"at least 0 and less than the stride {Stride.Width}", nameof(outputPadding));
    }

    /// <summary>The window over an image of a size: along the height and along the width.</summary>
    /// <exception cref="ArgumentException">The kernel does not fit into the image.</exception>
    public (WindowAxis Rows, WindowAxis Columns) Over(object layer, int height, int width) => (
        Axis(layer, "height", height, Kernel.Height, Stride.Height, Dilation.Height, padding.Size.Height),
        Axis(layer, "width", width, Kernel.Width, Stride.Width, Dilation.Width, padding.Size.Width));

    /// <summary>The window that would make an image of this size out of a larger one: that of a transposed convolution.</summary>
    /// <exception cref="ArgumentException">Nothing would be left of the image.</exception>
    public (WindowAxis Rows, WindowAxis Columns) Onto(object layer, int height, int width, Size2D outputPadding) => (
        AxisOnto(layer, "height", height, Kernel.Height, Stride.Height, Dilation.Height, padding.Size.Height, outputPadding.Height),
        AxisOnto(layer, "width", width, Kernel.Width, Stride.Width, Dilation.Width, padding.Size.Width, outputPadding.Width));

    private WindowAxis Axis(object layer, string side, int input, int kernel, int stride, int dilation, int paddingBefore)
    {
        long reach = ((kernel - 1L) * dilation) + 1, paddingAfter = paddingBefore;
        if (padding.IsSame)
        {
            long total = Math.Max(0, ((input - 1) / stride * stride) + reach - input);
            (paddingBefore, paddingAfter) = ((int)(total / 2), total - (total / 2));
        }

        long room = Length(layer, side, (long)input + paddingBefore + paddingAfter, "pads to") - reach;
        if (room < 0)
            throw new ArgumentException($"{layer} needs a {side} of at least {reach - paddingBefore - paddingAfter}, got {input}.");
        return Axis(input, Length(layer, side, (room / stride) + 1), kernel, stride, dilation, paddingBefore);
    }

    private static WindowAxis AxisOnto(object layer, string side, int output, int kernel, int stride, int dilation, int padding, int outputPadding)
    {
        long input = ((output - 1L) * stride) + ((kernel - 1L) * dilation) + 1 - (2L * padding) + outputPadding;
        if (input < 1)
            throw new ArgumentException($"{layer} makes nothing of a {side} of {output}: ({output} - 1) x stride + (kernel - 1) x dilation + 1 - 2 x padding + output padding is {input}.");
        Length(layer, side, input + (2L * padding), "pads to");
        return Axis(Length(layer, side, input), output, kernel, stride, dilation, padding);
    }

    // From a single output there is no step to the next.
    private static WindowAxis Axis(int input, int output, int kernel, int stride, int dilation, int padding) => new(input, output, kernel, output == 1 ? 1 : stride, dilation, padding);

    private static int Length(object layer, string side, long length, string makes = "makes") =>
        length <= Array.MaxLength ? (int)length : throw new ArgumentException($"{layer} {makes} a {side} of {length}, more than the {Array.MaxLength} numbers that fit into one array.");

    private static Size2D Size(LayerDescription description, string name)
    {
        Shape shape = description.Get<Shape>(name);
        return shape.Rank == 2 ? (shape[0], shape[1]) : throw new InvalidDataException($"The description of {description.Kind} expects {name} to be a height and a width, found {shape.ToTensorString()}.");
    }

    private static Size2D Checked(Size2D size, string name)
    {
        Guard.AtLeast(1, size.Height, name);
        Guard.AtLeast(1, size.Width, name);
        if ((long)size.Height * size.Width > Array.MaxLength)
            throw new ArgumentOutOfRangeException(name, $"{name} must be of no more than {Array.MaxLength} places; got {size}.");
        return size;
    }
}
