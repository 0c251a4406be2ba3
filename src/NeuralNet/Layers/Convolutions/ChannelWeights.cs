namespace NeuralNet;

/// <summary>The weight and bias of a convolution or transposed convolution.</summary>
internal sealed class ChannelWeights<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <param name="lines">The weight's first dimension in PyTorch's order: the channels on one side.</param>
    /// <param name="channels">Its second: the channels of a group on the other.</param>
    /// <param name="kernel">The height and width of the kernel.</param>
    /// <param name="biases">The number of biases; 0 for none.</param>
    /// <param name="initializer">The weight's initial values.</param>
    /// <param name="random">Their source.</param>
    public ChannelWeights(int lines, int channels, Size2D kernel, int biases, IInitializer initializer, Random random)
    {
        int places = kernel.Height * kernel.Width;
        var shape = new Shape(lines, channels, kernel.Height, kernel.Width);
        Weight = new Parameter<T>("weight", shape, Dense.CreateStored<T>(channels * places, lines));
        initializer.Fill(Weight.Value.Values(), fanIn: channels * places, fanOut: lines * places, random);
        Bias = biases == 0 ? null : new Parameter<T>("bias", biases, Dense.CreateStored<T>(1, biases), decays: false);
        Parameters = Bias is null ? [Weight] : [Weight, Bias];
    }

    public Parameter<T> Weight { get; }

    public Parameter<T>? Bias { get; }

    public IReadOnlyList<Parameter<T>> Parameters { get; }

    public ReadOnlySpan<T> BiasValues => Bias is null ? default : Bias.Value.Values();

    public Span<T> BiasGradient => Bias is null ? default : Bias.Gradient.Values();
}
