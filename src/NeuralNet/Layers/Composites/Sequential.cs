namespace NeuralNet;

/// <summary>Layers in order as one layer, <c>y = fₙ(… f₂(f₁(x)))</c>: a block of a <see cref="Residual{T}"/> or <see cref="Concat{T}"/>, or a part that is made in one place and used in another.</summary>
/// <remarks>
/// <para>Shapes: the input is that of the first layer, the output that of the last. Without layers it is the identity and returns its arguments themselves.</para>
/// <para>
/// Gradients: the chain rule, from the last layer to the first. The returned matrices are the last and the first layer's own.
/// Parameters are named by the layer's index, as in PyTorch's nested Sequential: <c>2.0.weight</c> for layer 0 of a Sequential that is layer 2.
/// A weight that comes last begins as the activation behind the Sequential asks.
/// </para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Sequential<T> : IComposite<T>, IStepAware
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LayerList<T> layers;
    private Shape? inputShape;
    private Matrix<T>? y;

    /// <summary>Creates the layer.</summary>
    /// <param name="layers">The layers in order, each an instance that stands nowhere else; no loss.</param>
    /// <exception cref="ArgumentException">A layer is null.</exception>
    public Sequential(params IEnumerable<ILayer<T>> layers) => this.layers = new LayerList<T>(Guard.Children("Sequential", layers));

    /// <summary>The layers in order.</summary>
    public IReadOnlyList<ILayer<T>> Children => layers.All;

    LayerList<T> IComposite<T>.Layers => layers;

    IInitializer? IComposite<T>.OfferInitializers(IInitializer? behind) => layers.OfferInitializersInOrder(behind);

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        ArgumentNullException.ThrowIfNull(random);
        layers.OfferInitializersInOrder(null);
        Shape outputShape = layers.BuildInOrder(inputShape, CounterRandom.Of(random));
        this.inputShape = inputShape;
        return outputShape;
    }

    /// <inheritdoc/>
    public void EnterStep(StepContext context) => layers.EnterStep(context);

    /// <inheritdoc/>
    public void CommitStep() => layers.CommitStep();

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input)
    {
        Guard.Built(this, inputShape);
        Guard.Input(this, inputShape.Size, input);
        return y = layers.ForwardInOrder(input, layers.All.Length);
    }

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        return layers.BackwardInOrder(outputGradient, layers.All.Length);
    }

    /// <inheritdoc/>
    public void BackwardParameters(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        layers.BackwardParametersInOrder(outputGradient, layers.All.Length);
    }

    /// <inheritdoc/>
    public LayerDescription Describe() => new("Sequential", layers.All.Length == 1 ? "1 layer" : $"{layers.All.Length} layers") { Children = [.. Children.Select(child => child.Describe())] };

    /// <summary>The layer in one line.</summary>
    /// <returns>For example <c>Sequential(3 layers)</c>.</returns>
    public override string ToString() => Describe().ToString();
}
