using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>A block with a way around it, <c>y = x + f(x)</c>, or with a projection on that way, <c>y = p(x) + f(x)</c>; also called a skip connection or shortcut.</summary>
/// <remarks>
/// <para>Shapes: f must give what it is given, or what p gives where there is one; y is of that shape.</para>
/// <para>
/// Gradients: f and p get dy as it is; <c>dL/dx</c> = dL/dx of f + dy, or + dL/dx of p. The sums are the layer's own buffers.
/// </para>
/// <para>
/// PyTorch has no such module. Parameters are named by index, 0 for f and 1 for p: those of f are <c>3.0.weight</c>, or <c>3.0.2.weight</c> where f is a
/// <see cref="Sequential{T}"/>, in a Residual that is layer 3. A weight that comes last in f or p begins as the activation behind the sum asks.
/// </para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://arxiv.org/abs/1512.03385">He, Zhang, Ren and Sun (2015), Deep Residual Learning for Image Recognition.</seealso>
public sealed class Residual<T> : IComposite<T>, IStepAware
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Function = 0;
    private const int Projection = 1;

    private readonly BatchBuffer<T> outputs = new();
    private readonly BatchBuffer<T> inputGradients = new();
    private readonly LayerList<T> layers;
    private readonly bool projects;
    private Shape? inputShape;
    private Matrix<T>? y;

    /// <summary>Creates the layer.</summary>
    /// <param name="function">f: a layer, or several as a <see cref="Sequential{T}"/>.</param>
    /// <param name="projection">p, likewise; none by default, and x is added as it is.</param>
    public Residual(ILayer<T> function, ILayer<T>? projection = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        projects = projection is not null;
        layers = new LayerList<T>(projection is null ? [function] : [function, projection]);
    }

    /// <summary>f, and p if there is one.</summary>
    public IReadOnlyList<ILayer<T>> Children => layers.All;

    LayerList<T> IComposite<T>.Layers => layers;

    IInitializer? IComposite<T>.OfferInitializers(IInitializer? behind) => layers.OfferInitializersToEach(behind) ?? (projects ? null : behind);

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        ArgumentNullException.ThrowIfNull(random);
        layers.OfferInitializersToEach(null);
        IReadOnlyList<Shape> shapes = layers.BuildEach(inputShape, CounterRandom.Of(random));
        Guard.Summands(this, layers.All[Function], shapes[Function], projects ? layers.All[Projection] : null, projects ? shapes[Projection] : inputShape);
        this.inputShape = inputShape;
        return shapes[Function];
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
        Matrix<T> x = Dense.Of(input);
        Matrix<T> f = Dense.Of(layers.Forward(Function, x));
        Matrix<T> shortcut = projects ? Dense.Of(layers.Forward(Projection, x)) : x;
        y = outputs.Like(f);
        Addition.Add(f.Values(), shortcut.Values(), y.Values());
        return y;
    }

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        Matrix<T> dy = Dense.Of(outputGradient);
        Matrix<T> f = Dense.Of(layers.Backward(Function, dy));
        Matrix<T> shortcut = projects ? Dense.Of(layers.Backward(Projection, dy)) : dy;
        Matrix<T> inputGradient = inputGradients.Like(f);
        Addition.Add(f.Values(), shortcut.Values(), inputGradient.Values());
        return inputGradient;
    }

    /// <inheritdoc/>
    public void BackwardParameters(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        for (int i = 0; i < layers.All.Length; i++)
            layers.BackwardParameters(i, outputGradient);
    }

    /// <inheritdoc/>
    public LayerDescription Describe() => new("Residual", projects ? "with projection" : null) { Children = [.. Children.Select(child => child.Describe())] };

    /// <summary>The layer in one line.</summary>
    /// <returns><c>Residual</c> or <c>Residual(with projection)</c>.</returns>
    public override string ToString() => Describe().ToString();
}
