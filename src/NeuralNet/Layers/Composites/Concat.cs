using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Branches over one input, their outputs one behind the other, <c>y = [f₁(x), f₂(x), …]</c>: <c>torch.cat</c> along the first dimension of a sample.</summary>
/// <remarks>
/// <para>
/// Shapes: flat outputs of m and n features give m + n features; images give the sum of their channels and must agree in height and width. A sample of any
/// other shape likewise: the first dimensions add up, the others must be equal.
/// </para>
/// <para>
/// Gradients: each branch gets its own columns of dy; <c>dL/dx</c> is the sum of what the branches give, in their order. The returned matrices are the layer's own buffers.
/// </para>
/// <para>
/// PyTorch has no such module. Parameters are named by the branch's index: <c>3.1.weight</c> for branch 1, or <c>3.1.0.weight</c> where it is a
/// <see cref="Sequential{T}"/>, in a Concat that is layer 3. A weight that comes last in a branch begins as the activation behind the Concat asks;
/// a weight before it begins as the first branch asks that asks at all.
/// </para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <seealso href="https://arxiv.org/abs/1409.4842">Szegedy et al. (2014), Going Deeper with Convolutions.</seealso>
public sealed class Concat<T> : IComposite<T>, IStepAware
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchBuffer<T> outputs = new();
    private readonly BatchBuffer<T> inputGradients = new();
    private readonly BatchBuffer<T>[] branchGradients;
    private readonly LayerList<T> branches;
    private Shape? inputShape;
    private Shape? outputShape;
    private Matrix<T>? y;

    /// <summary>Creates the layer.</summary>
    /// <param name="branches">The branches, at least one: a layer each, or several as a <see cref="Sequential{T}"/>.</param>
    /// <exception cref="ArgumentException">There is no branch, or one is null.</exception>
    public Concat(params IEnumerable<ILayer<T>> branches)
    {
        this.branches = new LayerList<T>(Guard.Children("Concat", branches));
        if (this.branches.All.Length == 0)
            throw new ArgumentException("Concat needs at least one branch.", nameof(branches));
        branchGradients = [.. this.branches.All.Select(_ => new BatchBuffer<T>())];
    }

    /// <summary>The branches.</summary>
    public IReadOnlyList<ILayer<T>> Children => branches.All;

    LayerList<T> IComposite<T>.Layers => branches;

    IInitializer? IComposite<T>.OfferInitializers(IInitializer? behind) => branches.OfferInitializersToEach(behind);

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        ArgumentNullException.ThrowIfNull(random);
        branches.OfferInitializersToEach(null);
        IReadOnlyList<Shape> shapes = branches.BuildEach(inputShape, CounterRandom.Of(random));
        for (int i = 1; i < shapes.Count; i++)
            Guard.Concatenable(this, branches.All[0], shapes[0], branches.All[i], shapes[i]);
        int first = shapes.Sum(shape => shape[0]);
        this.inputShape = inputShape;
        return outputShape = new Shape([first, .. shapes[0].Dimensions[1..]]);
    }

    /// <inheritdoc/>
    public void EnterStep(StepContext context) => branches.EnterStep(context);

    /// <inheritdoc/>
    public void CommitStep() => branches.CommitStep();

    /// <inheritdoc/>
    public Matrix<T> Forward(Matrix<T> input)
    {
        Guard.Built(this, inputShape);
        Guard.Input(this, inputShape.Size, input);
        Matrix<T> x = Dense.Of(input);
        y = outputs.For(x.RowCount, outputShape!.Size);

        // Columns are contiguous, so a branch's are a block of the whole.
        Span<T> rest = y.Values();
        for (int i = 0; i < branches.All.Length; i++)
        {
            Span<T> output = Dense.Of(branches.Forward(i, x)).Values();
            output.CopyTo(rest);
            rest = rest[output.Length..];
        }

        return y;
    }

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        Matrix<T> dy = Dense.Of(outputGradient);
        Matrix<T> inputGradient = inputGradients.For(dy.RowCount, inputShape!.Size);
        for (int i = 0, start = 0; i < branches.All.Length; i++)
        {
            Span<T> gradient = Dense.Of(branches.Backward(i, Columns(i, dy, ref start))).Values();
            if (i == 0)
                gradient.CopyTo(inputGradient.Values());
            else
                Addition.Add(inputGradient.Values(), gradient, inputGradient.Values());
        }

        return inputGradient;
    }

    /// <inheritdoc/>
    public void BackwardParameters(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        Matrix<T> dy = Dense.Of(outputGradient);
        for (int i = 0, start = 0; i < branches.All.Length; i++)
            branches.BackwardParameters(i, Columns(i, dy, ref start));
    }

    /// <inheritdoc/>
    public LayerDescription Describe() => new("Concat", branches.All.Length == 1 ? "1 branch" : $"{branches.All.Length} branches") { Children = [.. Children.Select(child => child.Describe())] };

    /// <summary>The layer in one line.</summary>
    /// <returns>For example <c>Concat(2 branches)</c>.</returns>
    public override string ToString() => Describe().ToString();

    // A copy of the columns that are a branch's, from a place on, which moves behind them.
    private Matrix<T> Columns(int branch, Matrix<T> dy, ref int start)
    {
        Matrix<T> columns = branchGradients[branch].For(dy.RowCount, branches.OutputShapes[branch].Size);
        Span<T> values = columns.Values();
        dy.Values().Slice(start, values.Length).CopyTo(values);
        start += values.Length;
        return columns;
    }
}
