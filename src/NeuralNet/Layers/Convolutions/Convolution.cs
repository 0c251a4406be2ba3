using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The two-dimensional convolution <c>y[o] = b[o] + Σ w[o, c, i, j]·x[c]</c> under a sliding window, also called Conv2d; as everywhere in the field a cross-correlation: the kernel is not flipped.</summary>
/// <remarks>
/// <para>
/// Shapes: input <c>[N, C·H·W]</c>, an image of shape (C, H, W); output (O, H', W') with <c>H' = ⌊(H + padding above and below - dilation·(kernel - 1) - 1) / stride⌋ + 1</c>;
/// weight <c>[O, C/groups, kernel height, kernel width]</c> as PyTorch's and ONNX's, a matrix <c>[C/groups·kh·kw, O]</c>; bias <c>[1, O]</c>.
/// </para>
/// <para>
/// With groups, each group of output channels sees its own group of input channels alone; groups = C is a depthwise convolution. Beside the image there is nothing: a padded window sums over what lies within.
/// </para>
/// <para>Gradients: dL/dx is the transposed convolution of dy, dL/dw the sum over samples and places of dy times x, dL/db the sum of dy over samples and places. Forward keeps a reference to its input.</para>
/// <para>
/// Initial values: the bias is zero; the weight is what the next activation asks for (<see cref="He"/> before <see cref="Relu{T}"/> and its kin), else <see cref="Xavier"/>, with fan-in <c>C/groups·kh·kw</c> and fan-out <c>O·kh·kw</c>.
/// </para>
/// <para>
/// No image is unfolded ("im2col"): the memory beside input and output is that of the weights. An output is summed in the order of its weights, starting from b: its bits do not depend on batch, threads or vector width, as long as the weights are finite.
/// Kernels of 3x3 with a stride and dilation of 1, from 16 channels to 16 or more in each group, on outputs of at least 4x4, are done by Winograd's minimal filtering with 16 multiplications for four outputs instead of 36, as exact;
/// on outputs of at least 12x12 that tiles of 4x4 cover well enough to save a third more, with 36 for sixteen instead of 144, in float to some 1e-6 of the largest output with 16 channels and 5e-6 with 256. Around an input that is infinite or NaN, or in float above some 5e37, up to 64 outputs, of which 9 see it, can be NaN.
/// </para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://arxiv.org/abs/1603.07285">Dumoulin and Visin (2016), A guide to convolution arithmetic for deep learning.</seealso>
/// <seealso href="https://arxiv.org/abs/1509.09308">Lavin and Gray (2016), Fast Algorithms for Convolutional Neural Networks.</seealso>
public sealed class Convolution<T> : ILayer<T>, IWeighted, IFeedsPooling<T>, IRectifiesOutput<T>, IPacksWeights
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchBuffer<T> outputs = new();
    private readonly BatchBuffer<T> inputGradients = new();
    private readonly SlidingWindow window;
    private readonly int outputChannels;
    private readonly int groups;
    private readonly bool hasBias;
    private IInitializer? weightInitializer;
    private ConvolutionShape? shape;
    private ChannelWeights<T>? weights;
    private Matrix<T>? x;

    /// <summary>Creates a layer whose input shape the network will tell.</summary>
    /// <param name="outputChannels">The number of output channels, also called filters; at least 1.</param>
    /// <param name="kernelSize">The height and width of the kernel, each at least 1.</param>
    /// <param name="stride">How far the window moves from one output to the next, at least 1; 1 by default.</param>
    /// <param name="padding">How far the window may reach beyond the image; not at all by default.</param>
    /// <param name="dilation">From one row or column of the kernel to the next, at least 1; 1 by default.</param>
    /// <param name="groups">Groups of channels that do not see each other, a divisor of both numbers of channels; 1 by default.</param>
    /// <param name="bias">Whether there is a bias; true by default.</param>
    /// <param name="weightInitializer">The weight's initial values; by default what the next activation asks for, else <see cref="Xavier"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Convolution(int outputChannels, Size2D kernelSize, Size2D? stride = null, Padding padding = default, Size2D? dilation = null, int groups = 1, bool bias = true, IInitializer? weightInitializer = null)
        : this(outputChannels, new SlidingWindow(kernelSize, stride ?? 1, padding, dilation ?? 1), groups, bias) => this.weightInitializer = weightInitializer;

    private Convolution(int outputChannels, SlidingWindow window, int groups, bool bias)
    {
        Guard.Precision<T>();
        this.outputChannels = Guard.AtLeast(1, outputChannels, nameof(outputChannels));
        this.groups = Guard.AtLeast(1, groups, nameof(groups));
        Guard.InRange(groups, outputChannels % groups == 0, $"a divisor of the {outputChannels} output channels", nameof(groups));
        (this.window, hasBias) = (window, bias);
    }

    /// <summary>The weight, <c>[C/groups·kh·kw, O]</c>.</summary>
    /// <exception cref="InvalidOperationException">The layer is not built yet.</exception>
    public Parameter<T> Weight => weights?.Weight ?? throw new InvalidOperationException($"{this} has no weight before Build.");

    /// <summary>The bias, <c>[1, O]</c>; null if there is none.</summary>
    public Parameter<T>? Bias => weights?.Bias;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => weights?.Parameters ?? [];

    /// <inheritdoc/>
    public void UseDefaultInitializer(IInitializer initializer) => weightInitializer ??= initializer;

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Guard.Image(this, inputShape);
        int inputChannels = inputShape[0];
        if (inputChannels % groups != 0)
            throw new ArgumentException($"{this} expects a number of channels that {groups} groups can share evenly, got {inputShape}.", nameof(inputShape));
        (WindowAxis rows, WindowAxis columns) = window.Over(this, inputShape[1], inputShape[2]);
        var outputShape = new Shape(outputChannels, rows.Output, columns.Output);
        Guard.SameChannels(this, weights?.Weight.Shape[1] * groups, inputShape);
        (shape, x) = (new ConvolutionShape(inputChannels, outputChannels, groups, rows, columns), null);
        weights ??= new ChannelWeights<T>(outputChannels, inputChannels / groups, window.Kernel, hasBias ? outputChannels : 0, weightInitializer ?? new Xavier(), random);
        return outputShape;
    }

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => Forward(input, rectifies: false);

    Matrix<T>? IRectifiesOutput<T>.ForwardRectified(Matrix<T> input) => Forward(input, rectifies: true);

    private Matrix<T> Forward(Matrix<T> input, bool rectifies)
    {
        Guard.Built(this, shape);
        Guard.Input(this, shape.InputSize, input);
        x = Dense.Of(input);
        Matrix<T> y = outputs.For(x.RowCount, shape.OutputSize);
        Convolve.Forward(shape, x.View(), weights!.Weight.Value.Values(), weights.BiasValues, y.View(), rectifies, weights.Weight.Packed);
        return y;
    }

    Matrix<T>? IFeedsPooling<T>.ForwardPooled(Matrix<T> input, IPicksLargest<T> pooling, bool rectifies)
    {
        Guard.Built(this, shape);
        Guard.Input(this, shape.InputSize, input);
        if (pooling.Shape is not { } pool || !Convolve.CanPool<T>(shape, pool, input.RowCount))
            return null;
        x = Dense.Of(input);
        (Matrix<T> y, Matrix<T> places) = pooling.Begin(x.RowCount, rectifies);
        Convolve.ForwardPooled(shape, pool, x.View(), weights!.Weight.Value.Values(), weights.BiasValues, y.View(), places.Values(), rectifies, weights.Weight.Packed);
        return y;
    }

    bool IFeedsPooling<T>.TryBackwardParametersPooled(Matrix<T> outputGradient, IPicksLargest<T> pooling)
    {
        if (pooling is not { Shape: { } pool, Places: { } places } || !Convolve.CanUnpool(shape!, pool))
            return false;
        Guard.OutputGradient(pooling, places, outputGradient);
        Convolve.WeightGradientPooled(shape!, pool, x!.View(), Dense.Of(outputGradient).View(), places.Values(), weights!.Weight.Gradient.Values(), weights.BiasGradient);
        return true;
    }

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        BackwardParameters(outputGradient);
        Matrix<T> inputGradient = inputGradients.Like(x!);
        Convolve.InputGradient(shape!, Dense.Of(outputGradient).View(), weights!.Weight.Value.Values(), default, inputGradient.View());
        return inputGradient;
    }

    /// <inheritdoc/>
    public void BackwardParameters(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, x, shape?.OutputSize ?? 0, outputGradient);
        Convolve.WeightGradient(shape!, x.View(), Dense.Of(outputGradient).View(), weights!.Weight.Gradient.Values(), weights.BiasGradient);
    }

    void IPacksWeights.PackWeights() => weights!.Weight.Packed = Convolve.Pack<T>(shape!, weights.Weight.Value.Values());

    /// <inheritdoc/>
    public LayerDescription Describe() => window
        .DescribeTo(new LayerDescription("Convolution", window.ToText(shape?.InputChannels, outputChannels, groups, hasBias)).With("outputChannels", outputChannels))
        .With("groups", groups)
        .With("bias", hasBias);

    /// <summary>The layer in one line.</summary>
    /// <returns>For example <c>Convolution(1 -&gt; 30, 5x5)</c>, <c>Convolution(16 -&gt; 32, 3x3, stride 2x2, padding 1x1)</c>.</returns>
    public override string ToString() => Describe().ToString();

    /// <summary>The layer that <see cref="Describe"/> described.</summary>
    internal static Convolution<T> Of(LayerDescription description) =>
        new(description.Get<int>("outputChannels"), SlidingWindow.Of(description), description.Get<int>("groups"), description.Get<bool>("bias"));
}
