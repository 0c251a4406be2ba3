namespace NeuralNet.Tests;

/// <summary>Convolutions and poolings.</summary>
internal static class ConvolutionCases
{
    // Stride x padding x dilation x groups, on images and kernels that are not square.
    private static readonly Size2D[] Strides = [(1, 1), (2, 1), (2, 3)], Paddings = [(0, 0), (1, 2)], Dilations = [(1, 1), (1, 2)];

    public static IReadOnlyList<LayerCase> All { get; } =
    [
        .. from stride in Strides
           from padding in Paddings
           from dilation in Dilations
           from groups in new[] { 1, 2 }
           from row in Grid(stride, padding, dilation, groups)
           select row,
        Convolution("Convolution 5x5 without bias", new(1, 7, 8), 3, 5, bias: false),
        Convolution("Convolution 1x1", new(5, 2, 3), 4, 1),
        Convolution("Convolution depthwise", new(3, 5, 4), 6, 3, padding: 1, groups: 3),
        Convolution("Convolution same", new(2, 5, 6), 3, (2, 3), padding: Padding.Same, dilation: (1, 2)),
        Convolution("Convolution same, stride 3x2", new(2, 6, 5), 3, 3, stride: (3, 2), padding: Padding.Same),
        TransposedConvolution("TransposedConvolution output padding", new(2, 3, 4), 3, 3, stride: (2, 3), padding: 1, outputPadding: (1, 2)),
        TransposedConvolution("TransposedConvolution without bias", new(3, 2, 3), 2, 2, stride: 2, bias: false),
        Convolution("Convolution of 16 channels, 3x3, padding 1x1", new(16, 5, 4), 17, 3, padding: 1),
        Convolution("Convolution of 32 channels, 3x3, padding 2x0, 2 groups", new(32, 4, 6), 32, 3, padding: (2, 0), groups: 2),
        TransposedConvolution("TransposedConvolution of 16 channels, 3x3, padding 1x1", new(16, 4, 5), 16, 3, padding: 1),
        MaxPooling("MaxPooling 2x2", new(2, 4, 6), 2),
        MaxPooling("MaxPooling 2x3 on 5x7", new(2, 5, 7), (2, 3)),
        MaxPooling("MaxPooling 3x3, stride 2x1", new(2, 7, 5), 3, stride: (2, 1)),
        MaxPooling("MaxPooling 3x3, stride 2x2, padding 1x1", new(2, 6, 5), 3, stride: 2, padding: 1),
        MaxPooling("MaxPooling 2x2, stride 1x2, padding 1x0, dilation 2x3", new(2, 6, 7), 2, stride: (1, 2), padding: (1, 0), dilation: (2, 3)),
        AveragePooling("AveragePooling 2x2", new(2, 4, 6), 2),
        AveragePooling("AveragePooling 3x2, stride 2x1, padding 1x1", new(2, 6, 5), (3, 2), stride: (2, 1), padding: 1),
        AveragePooling("AveragePooling 3x2, stride 1x1, padding 1x1, padding not counted", new(2, 6, 5), (3, 2), stride: 1, padding: 1, countPadding: false),
        new("GlobalAveragePooling", () => new GlobalAveragePooling<double>(), () => new GlobalAveragePooling<float>(), new(4, 3, 5)) { HasWidth = true },
    ];

    private static IEnumerable<LayerCase> Grid(Size2D stride, Size2D padding, Size2D dilation, int groups)
    {
        string name = $"stride {stride}, padding {padding}, dilation {dilation}, {groups} groups";
        yield return Convolution($"Convolution {name}", new(4, 5, 6), 6, (2, 3), stride, (padding.Height, padding.Width), dilation, groups);
        yield return TransposedConvolution($"TransposedConvolution {name}", new(4, 4, 5), 6, (2, 3), stride, (padding.Height, padding.Width), default(Size2D), dilation, groups);
    }

    private static LayerCase Convolution(string name, Shape input, int channels, Size2D kernel, Size2D? stride = null, Padding padding = default, Size2D? dilation = null, int groups = 1, bool bias = true) => new(
        name,
        () => new Convolution<double>(channels, kernel, stride, padding, dilation, groups, bias),
        () => new Convolution<float>(channels, kernel, stride, padding, dilation, groups, bias),
        input)
    { HasWidth = true };

    private static LayerCase TransposedConvolution(
        string name, Shape input, int channels, Size2D kernel, Size2D? stride = null, Padding padding = default, Size2D? outputPadding = null, Size2D? dilation = null, int groups = 1, bool bias = true) => new(
        name,
        () => new TransposedConvolution<double>(channels, kernel, stride, padding, outputPadding, dilation, groups, bias),
        () => new TransposedConvolution<float>(channels, kernel, stride, padding, outputPadding, dilation, groups, bias),
        input)
        { HasWidth = true };

    private static LayerCase MaxPooling(string name, Shape input, Size2D kernel, Size2D? stride = null, Padding padding = default, Size2D? dilation = null) => new(
        name,
        () => new MaxPooling<double>(kernel, stride, padding, dilation),
        () => new MaxPooling<float>(kernel, stride, padding, dilation),
        input)
    { HasWidth = true };

    private static LayerCase AveragePooling(string name, Shape input, Size2D kernel, Size2D? stride = null, Padding padding = default, bool countPadding = true) => new(
        name,
        () => new AveragePooling<double>(kernel, stride, padding, countPadding),
        () => new AveragePooling<float>(kernel, stride, padding, countPadding),
        input)
    { HasWidth = true };
}
