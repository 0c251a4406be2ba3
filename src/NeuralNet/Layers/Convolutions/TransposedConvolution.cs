using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The transposed two-dimensional convolution, also called ConvTranspose2d or deconvolution: each input spreads its weights over a window of the output. What it does forward, <see cref="Convolution{T}"/> does backward.</summary>
/// <remarks>
/// <para>
/// Shapes: input <c>[N, C·H·W]</c>, an image of shape (C, H, W); output (O, H', W') with <c>H' = (H - 1)·stride - 2·padding + dilation·(kernel - 1) + outputPadding + 1</c>;
/// weight <c>[C, O/groups, kernel height, kernel width]</c> as PyTorch's and ONNX's, a matrix <c>[O/groups·kh·kw, C]</c>; bias <c>[1, O]</c>.
/// </para>
/// <para>Gradients: dL/dx is the convolution of dy, dL/dw the sum over samples and places of x times dy, dL/db the sum of dy over samples and places. Forward keeps a reference to its input.</para>
/// <para>
/// Initial values: the bias is zero; the weight is what the next activation asks for (<see cref="He"/> before <see cref="Relu{T}"/> and its kin), else <see cref="Xavier"/>, with PyTorch's fans: fan-in <c>O/groups·kh·kw</c>, fan-out <c>C·kh·kw</c>.
/// </para>
/// <para>An output is summed over channels, rows and columns of the kernel in order, starting from b: its bits do not depend on batch, threads or vector width.</para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://arxiv.org/abs/1603.07285">Dumoulin and Visin (2016), A guide to convolution arithmetic for deep learning.</seealso>
public sealed class TransposedConvolution<T> : ILayer<T>, IWeighted
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchBuffer<T> outputs = new();
    private readonly BatchBuffer<T> inputGradients = new();
    private readonly SlidingWindow window;
    private readonly Size2D outputPadding;
    private readonly int outputChannels;
    private readonly int groups;
    private readonly bool hasBias;
    private IInitializer? weightInitializer;

    // That of the convolution which goes the other way: its output is this layer's input.
    private ConvolutionShape? shape;
    private ChannelWeights<T>? weights;
    private Matrix<T>? x;
    private Matrix<T>? y;

    /// <summary>Creates a layer whose input shape the network will tell.</summary>
    /// <param name="outputChannels">The number of output channels, also called filters; at least 1.</param>
    /// <param name="kernelSize">The height and width of the kernel, each at least 1.</param>
    /// <param name="stride">How far the window moves from one input to the next, at least 1; 1 by default.</param>
    /// <param name="padding">How many rows and columns are cut off on each side of the output; none by default. <see cref="Padding.Same"/> does not fix a size here and is refused.</param>
    /// <param name="outputPadding">How many rows and columns come to the output at its end, at least 0 and less than the stride; 0 by default.</param>
    /// <param name="dilation">From one row or column of the kernel to the next, at least 1; 1 by default.</param>
    /// <param name="groups">Groups of channels that do not see each other, a divisor of both numbers of channels; 1 by default.</param>
    /// <param name="bias">Whether there is a bias; true by default.</param>
    /// <param name="weightInitializer">The weight's initial values; by default what the next activation asks for, else <see cref="Xavier"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="ArgumentException">The padding is <see cref="Padding.Same"/>.</exception>
    public TransposedConvolution(
        int outputChannels, Size2D kernelSize, Size2D? stride = null, Padding padding = default, Size2D? outputPadding = null, Size2D? dilation = null, int groups = 1, bool bias = true, IInitializer? weightInitializer = null)
        : this(outputChannels, new SlidingWindow(kernelSize, stride ?? 1, padding, dilation ?? 1), outputPadding ?? 0, groups, bias) => this.weightInitializer = weightInitializer;

    private TransposedConvolution(int outputChannels, SlidingWindow window, Size2D outputPadding, int groups, bool bias)
    {
        Guard.Precision<T>();
        this.outputChannels = Guard.AtLeast(1, outputChannels, nameof(outputChannels));
        this.groups = Guard.AtLeast(1, groups, nameof(groups));
        Guard.InRange(groups, outputChannels % groups == 0, $"a divisor of the {outputChannels} output channels", nameof(groups));
        window.CheckOutputPadding(outputPadding);
        (this.window, this.outputPadding, hasBias) = (window, outputPadding, bias);
    }

    /// <summary>The weight, <c>[O/groups·kh·kw, C]</c>.</summary>
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
        (WindowAxis rows, WindowAxis columns) = window.Onto(this, inputShape[1], inputShape[2], outputPadding);
        var outputShape = new Shape(outputChannels, rows.Input, columns.Input);
        Guard.SameChannels(this, weights?.Weight.Shape[0], inputShape);
        (shape, x, y) = (new ConvolutionShape(outputChannels, inputChannels, groups, rows, columns), null, null);
        weights ??= new ChannelWeights<T>(inputChannels, outputChannels / groups, window.Kernel, hasBias ? outputChannels : 0, weightInitializer ?? new Xavier(), random);
        return outputShape;
    }

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input)
    {
        Guard.Built(this, shape);
        Guard.Input(this, shape.OutputSize, input);
        x = Dense.Of(input);
        y = outputs.For(x.RowCount, shape.InputSize);
        Convolve.InputGradient(shape, x.View(), weights!.Weight.Value.Values(), weights.BiasValues, y.View());
        return y;
    }

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        BackwardParameters(outputGradient);
        Matrix<T> inputGradient = inputGradients.Like(x!);
        Convolve.Forward(shape!, Dense.Of(outputGradient).View(), weights!.Weight.Value.Values(), default, inputGradient.View());
        return inputGradient;
    }

    /// <inheritdoc/>
    public void BackwardParameters(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        MatrixSpan<T> dy = Dense.Of(outputGradient).View();
        Convolve.WeightGradient(shape!, dy, x!.View(), weights!.Weight.Gradient.Values(), biasGradient: default);
        if (weights.Bias is not null)
            Reduction.ColumnSums(new MatrixSpan<T>(dy.Values, dy.Values.Length / outputChannels, outputChannels), weights.BiasGradient);
    }

    /// <inheritdoc/>
    public LayerDescription Describe() => window
        .DescribeTo(new LayerDescription("TransposedConvolution", window.ToText(shape?.OutputChannels, outputChannels, groups, hasBias, outputPadding)).With("outputChannels", outputChannels))
        .With("outputPaddingHeight", outputPadding.Height)
        .With("outputPaddingWidth", outputPadding.Width)
        .With("groups", groups)
        .With("bias", hasBias);

    /// <summary>The layer in one line.</summary>
    /// <returns>For example <c>TransposedConvolution(16 -&gt; 8, 3x3, stride 2x2)</c>.</returns>
    public override string ToString() => Describe().ToString();

    /// <summary>The layer that <see cref="Describe"/> described.</summary>
    internal static TransposedConvolution<T> Of(LayerDescription description) => new(
        description.Get<int>("outputChannels"),
        SlidingWindow.Of(description),
        (description.Get<int>("outputPaddingHeight"), description.Get<int>("outputPaddingWidth")),
        description.Get<int>("groups"),
        description.Get<bool>("bias"));
}
