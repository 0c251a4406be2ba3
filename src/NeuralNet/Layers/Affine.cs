using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The affine map <c>y = x·W + b</c>, also called Linear, Dense or fully connected.</summary>
/// <remarks>
/// <para>
/// Shapes: input <c>[N, in]</c> (a sample of any shape counts as flat), output <c>[N, out]</c>, weight <c>W [in, out]</c>, bias <c>b [1, out]</c>. The weight's columns in
/// memory are the rows of PyTorch's and ONNX's <c>[out, in]</c> tensor, byte for byte.
/// </para>
/// <para>
/// Gradients, given dy = dL/dy: <c>dL/dx = dy·Wᵀ</c>, <c>dL/dW = xᵀ·dy</c>, <c>dL/db</c> = the column sums of dy. Forward keeps a reference to its input.
/// </para>
/// <para>
/// Initial values: the bias is zero; the weight is what the next activation asks for (<see cref="He"/> before <see cref="Relu{T}"/> and its kin),
/// else <see cref="Xavier"/>.
/// </para>
/// <para>An element of y is summed over the inputs in order with fused multiply-add, starting from b: its bits do not depend on batch, threads or vector width.</para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Affine<T> : ILayer<T>, IWeighted, IRectifiesOutput<T>, IPacksWeights
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchBuffer<T> outputs = new();
    private readonly BatchBuffer<T> inputGradients = new();
    private readonly int outputSize;
    private readonly bool hasBias;
    private IInitializer? weightInitializer;
    private Parameter<T>? weight;
    private Parameter<T>? bias;
    private Parameter<T>[] parameters = [];
    private Matrix<T>? x;
    private Matrix<T>? y;

    /// <summary>Creates a layer whose input size the network will tell.</summary>
    /// <param name="outputSize">The number of outputs, at least 1.</param>
    /// <param name="weightInitializer">The weight's initial values; by default what the next activation asks for, else <see cref="Xavier"/>.</param>
    /// <param name="bias">Whether there is a bias; true by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of outputs is less than 1.</exception>
    public Affine(int outputSize, IInitializer? weightInitializer = null, bool bias = true)
    {
        Guard.Precision<T>();
        this.outputSize = Guard.AtLeast(1, outputSize, nameof(outputSize));
        (this.weightInitializer, hasBias) = (weightInitializer, bias);
    }

    /// <summary>Creates a layer with given values, which are copied.</summary>
    /// <param name="weight">The weight, <c>[in, out]</c>.</param>
    /// <param name="bias">The bias, <c>[1, out]</c>; none if left out.</param>
    /// <exception cref="ArgumentException">The bias is not one row as wide as the weight.</exception>
    public Affine(Matrix<T> weight, Matrix<T>? bias = null)
    {
        ArgumentNullException.ThrowIfNull(weight);
        outputSize = weight.ColumnCount;
        hasBias = bias is not null;
        if (bias is not null && (bias.RowCount != 1 || bias.ColumnCount != outputSize))
            throw new ArgumentException($"Affine({weight.RowCount} -> {outputSize}) expects a bias of shape [1, {outputSize}], got {Guard.Text(bias)}.", nameof(bias));
        Own(Matrix<T>.Build.DenseOfMatrix(weight), bias is null ? null : Matrix<T>.Build.DenseOfMatrix(bias));
    }

    /// <summary>The weight, <c>[in, out]</c>.</summary>
    /// <exception cref="InvalidOperationException">The layer is not built yet.</exception>
    public Parameter<T> Weight => weight ?? throw new InvalidOperationException($"{this} has no weight before Build.");

    /// <summary>The bias, <c>[1, out]</c>; null if there is none.</summary>
    public Parameter<T>? Bias => bias;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => parameters;

    /// <inheritdoc/>
    public void UseDefaultInitializer(IInitializer initializer) => weightInitializer ??= initializer;

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        ArgumentNullException.ThrowIfNull(random);
        if (weight is null)
        {
            Own(Dense.CreateStored<T>(inputShape.Size, outputSize), hasBias ? Dense.CreateStored<T>(1, outputSize) : null);
            (weightInitializer ?? new Xavier()).Fill(weight!.Value.Values(), fanIn: inputShape.Size, fanOut: outputSize, random);
        }

        Guard.SampleSize(this, weight.Value.RowCount, inputShape);
        return outputSize;
    }

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input) => Forward(input, rectifies: false);

    Matrix<T>? IRectifiesOutput<T>.ForwardRectified(Matrix<T> input) =>
        Sweep.IsLong((long)input.RowCount * outputSize) ? Forward(input, rectifies: true) : null;

    private Matrix<T> Forward(Matrix<T> input, bool rectifies)
    {
        Guard.Built(this, weight);
        Guard.Input(this, weight.Value.RowCount, input);
        x = Dense.Of(input);
        y = outputs.For(x.RowCount, outputSize);
        Gemm.Multiply(x.View(), weight.Value.View(), bias is null ? default : bias.Value.Values(), y.View(), weight.Packed, rectifies);
        return y;
    }

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        MatrixSpan<T> dy = Dense.Of(outputGradient).View();
        Matrix<T> inputGradient = inputGradients.Like(x!);
        Gemm.Backward(x!.View(), dy, weight!.Value.View(), weight.Gradient.View(), inputGradient.View());
        BackwardBias(dy);
        return inputGradient;
    }

    /// <inheritdoc/>
    public void BackwardParameters(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        MatrixSpan<T> dy = Dense.Of(outputGradient).View();
        Gemm.TransposeMultiply(x!.View(), dy, weight!.Gradient.View());
        BackwardBias(dy);
    }

    private void BackwardBias(MatrixSpan<T> dy)
    {
        if (bias is not null)
            Reduction.ColumnSums(dy, bias.Gradient.Values());
    }

    void IPacksWeights.PackWeights() => weight!.Packed = Gemm.Pack(weight.Value.View());

    /// <inheritdoc/>
    public LayerDescription Describe() =>
        new LayerDescription("Affine", $"{weight?.Value.RowCount.ToString() ?? "?"} -> {outputSize}{(hasBias ? string.Empty : ", no bias")}")
            .With("outputSize", outputSize)
            .With("bias", hasBias);

    /// <summary>The layer in one line.</summary>
    /// <returns>For example <c>Affine(784 -&gt; 100)</c>; before it is built <c>Affine(? -&gt; 100)</c>.</returns>
    public override string ToString() => Describe().ToString();

    private void Own(Matrix<T> weightValue, Matrix<T>? biasValue)
    {
        weight = new Parameter<T>("weight", new Shape(outputSize, weightValue.RowCount), weightValue);
        bias = biasValue is null ? null : new Parameter<T>("bias", outputSize, biasValue, decays: false);
        parameters = bias is null ? [weight] : [weight, bias];
    }
}
