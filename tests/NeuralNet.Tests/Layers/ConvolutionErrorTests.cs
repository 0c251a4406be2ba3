namespace NeuralNet.Tests;

/// <summary>What convolutions and poolings say when they do not fit.</summary>
public class ConvolutionErrorTests
{
    [Fact]
    public void A_shape_that_does_not_fit_fails_when_the_network_is_built_and_names_the_layers()
    {
        (Func<NetworkBuilder<float>> Create, string Message)[] wrong =
        [
            (() => Network.Input<float>(784).Convolution(8, 3), "Layer 0 Convolution(? -> 8, 3x3) does not fit: the network's input is 784. *expects an image of shape (channels, height, width), got 784.*"),
            (() => Image().MaxPooling(4).Convolution(8, (3, 2)), "Layer 1 Convolution(? -> 8, 3x2) does not fit: layer 0 MaxPooling(4x4) gives 3x2x1 = 6. *needs a height of at least 3, got 2.*"),
            (() => Image().Convolution(8, 3, padding: 1).Convolution(6, (1, 9), groups: 2), "Layer 1 Convolution(? -> 6, 1x9, 2 groups) does not fit: layer 0 Convolution(3 -> 8, 3x3, padding 1x1) gives 8x9x7 = 504. *needs a width of at least 9, got 7.*"),
            (() => Image().Convolution(4, 3, groups: 2), "Layer 0 *expects a number of channels that 2 groups can share evenly, got 3x9x7.*"),
            (() => Image().TransposedConvolution(4, 1, padding: 9), "Layer 0 TransposedConvolution(? -> 4, 1x1, padding 9x9) does not fit: *makes nothing of a height of 9*is -9.*"),
            (() => Image().AveragePooling(2, padding: 2), "Layer 0 AveragePooling(2x2, padding 2x2) does not fit: *has windows that lie wholly beside the image 3x9x7: use less padding.*"),
            (() => Image().Affine(5).GlobalAveragePooling(), "Layer 1 GlobalAveragePooling does not fit: layer 0 Affine(189 -> 5) gives 5. *expects an image*"),
        ];
        foreach ((Func<NetworkBuilder<float>> create, string message) in wrong)
            FluentActions.Invoking(() => create().Build(seed: 1)).Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void Hyperparameters_out_of_range_throw_with_the_range_and_the_value()
    {
        (Func<object> Create, string Message)[] wrong =
        [
            (() => new Convolution<float>(0, 3), "outputChannels must be at least 1; got 0.*"),
            (() => new Convolution<float>(8, (3, 0)), "kernelSize must be at least 1; got 0.*"),
            (() => new Convolution<float>(8, 3, stride: 0), "stride must be at least 1; got 0.*"),
            (() => new Convolution<float>(8, 3, padding: -1), "padding must be at least 0; got -1.*"),
            (() => new Convolution<float>(8, 3, dilation: 0), "dilation must be at least 1; got 0.*"),
            (() => new Convolution<float>(8, 3, groups: 3), "groups must be a divisor of the 8 output channels; got 3.*"),
            (() => new TransposedConvolution<float>(8, 3, stride: 2, outputPadding: 2), "outputPadding must be at least 0 and less than the stride 2; got 2.*"),
            (() => new MaxPooling<float>(0), "kernelSize must be at least 1; got 0.*"),
            (() => new AveragePooling<float>(50_000, 1, 25_000), "kernelSize must be of no more than 2147483591 places; got 50000x50000.*"),
            (() => new MaxPooling<float>(2, stride: 46_341), "stride must be of no more than 2147483591 places; got 46341x46341.*"),
        ];
        foreach ((Func<object> create, string message) in wrong)
            create.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
        FluentActions.Invoking(() => new TransposedConvolution<float>(8, 3, padding: Padding.Same)).Should().Throw<ArgumentException>().WithMessage("A transposed convolution expects its padding in numbers*");
    }

    [Fact]
    public void A_layer_that_was_built_keeps_its_number_of_channels()
    {
        foreach (ILayer<float> layer in (ILayer<float>[])[new Convolution<float>(4, 3), new TransposedConvolution<float>(4, 3)])
        {
            layer.Build(new Shape(1, 5, 5), new Random(1));
            FluentActions.Invoking(() => layer.Build(new Shape(3, 5, 5), new Random(1))).Should().Throw<ArgumentException>().WithMessage("*was built for 1 channels, got 3x5x5.*");
            new Network<float>(new Shape(1, 6, 6), [layer]).Predict(Matrix<float>.Build.Dense(2, 36)).RowCount.Should().Be(2);
        }
    }

    [Fact]
    public void Sizes_beyond_all_bounds_fail_in_words() => FluentActions.Invoking(() => Image().Convolution(2, 3, padding: 2_000_000_000).Build(seed: 1))
        .Should().Throw<ArgumentException>().WithMessage("*pads to a height of 4000000009, more than the 2147483591 numbers that fit into one array.*");

    [Fact]
    public void A_padding_that_no_int_can_count_fails_in_words() => FluentActions.Invoking(() => Image().Convolution(2, 3, padding: int.MaxValue).Build(seed: 1))
        .Should().Throw<ArgumentException>().WithMessage("*pads to a height of 4294967303, more than the 2147483591 numbers that fit into one array.*");

    [Fact]
    public void A_window_with_more_places_than_a_precision_tells_apart_fails_in_words()
    {
        FluentActions.Invoking(() => new MaxPooling<float>(4100).Build(new Shape(1, 4100, 4100), new Random(1)))
            .Should().Throw<ArgumentException>().WithMessage("MaxPooling(4100x4100) has more places under its window than the 16777216 that Single can tell apart.");
        new MaxPooling<double>(4100).Build(new Shape(1, 4100, 4100), new Random(1)).Size.Should().Be(1);
    }

    // What was kept of the last batch belongs to the old size.
    [Fact]
    public void A_layer_that_is_built_for_another_image_has_nothing_to_go_back_from()
    {
        ILayer<double>[] layers = [new Convolution<double>(1, 3), new TransposedConvolution<double>(1, 3), new MaxPooling<double>(2), new AveragePooling<double>(2), new GlobalAveragePooling<double>()];
        foreach (ILayer<double> layer in layers)
        {
            layer.Build(new Shape(1, 4, 4), new Random(1));
            layer.Forward(Make.Uniform(2, 16, seed: 1));
            int size = layer.Build(new Shape(1, 30, 30), new Random(1)).Size;
            FluentActions.Invoking(() => layer.Backward(Make.Uniform(2, size, seed: 1))).Should().Throw<InvalidOperationException>($"{layer} has seen no image of that size");
        }
    }

    private static NetworkBuilder<float> Image() => Network.Input<float>(new Shape(3, 9, 7));
}
