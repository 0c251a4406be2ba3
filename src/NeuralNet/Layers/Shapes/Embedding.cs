using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Looks up a learned vector for each index, <c>y[p] = weight[x[p]]</c>; also called a lookup table.</summary>
/// <remarks>
/// <para>
/// Shapes: input <c>[N, positions]</c> of whole numbers from 0 to vocabularySize - 1, output <c>[N, positions·width]</c> of the shape (positions, width), position after position;
/// weight <c>[vocabularySize, width]</c>, at first normally distributed with deviation 1, as PyTorch's. In float whole numbers are exact up to 2^24, so a larger vocabulary needs double.
/// </para>
/// <para>
/// Gradients: a vector's is the sum of dy at the places that looked it up, sample after sample, and within a sample position after position; that of others is 0. An index has no derivative,
/// so Backward returns zeros.
/// </para>
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Embedding<T> : ILayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchBuffer<T> outputs = new();
    private readonly BatchBuffer<T> inputGradients = new();
    private readonly int vocabularySize;
    private readonly int width;
    private readonly IInitializer weightInitializer;
    private Parameter<T>? weight;
    private Parameter<T>[] parameters = [];
    private int positions;

    // Of the latest Forward, column after column; longer where an earlier batch was larger.
    private int[] indices = [];
    private Matrix<T>? y;

    /// <summary>Creates the layer.</summary>
    /// <param name="vocabularySize">The number of vectors, at least 1.</param>
    /// <param name="width">The number of elements of a vector, at least 1.</param>
    /// <param name="weightInitializer">The vectors' initial values; by default <see cref="Normal"/> with deviation 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public Embedding(int vocabularySize, int width, IInitializer? weightInitializer = null)
    {
        Guard.Precision<T>();
        this.vocabularySize = Guard.AtLeast(1, vocabularySize, nameof(vocabularySize));
        this.width = Guard.AtLeast(1, width, nameof(width));
        this.weightInitializer = weightInitializer ?? new Normal(1);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => parameters;

    /// <inheritdoc/>
    public Shape Build(Shape inputShape, Random random)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        ArgumentNullException.ThrowIfNull(random);
        if (weight is null)
        {
            positions = inputShape.Size;
            // Columns are vectors: in memory PyTorch's [vocabularySize, width].
            weight = new Parameter<T>("weight", new Shape(vocabularySize, width), Dense.CreateStored<T>(width, vocabularySize));
            // The fans are those that PyTorch takes of such a shape.
            weightInitializer.Fill(weight.Value.Values(), fanIn: width, fanOut: vocabularySize, random);
            parameters = [weight];
        }

        Guard.SampleSize(this, positions, inputShape);
        return new Shape(positions, width);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A number is not a whole one from 0 to vocabularySize - 1, or the input does not have the width that the layer was built for.</exception>
    public Matrix<T> Forward(Matrix<T> input)
    {
        Guard.Built(this, weight);
        Guard.Input(this, positions, input);
        MatrixSpan<T> x = Dense.Of(input).View();

        // Backward belongs to no output while the indices change: one of them may be refused.
        y = null;
        if (indices.Length < x.Values.Length)
            indices = new int[x.Values.Length];
        for (int i = 0; i < x.Values.Length; i++)
            indices[i] = Guard.Index(this, vocabularySize, x.Values[i], row: i % x.Rows, column: i / x.Rows);
        y = outputs.For(x.Rows, positions * width);
        EmbeddingTable.Forward(weight.Value.Values(), width, indices, y.View());
        return y;
    }

    /// <inheritdoc/>
    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        BackwardParameters(outputGradient);
        Matrix<T> inputGradient = inputGradients.For(y!.RowCount, positions);
        inputGradient.Clear();
        return inputGradient;
    }

    /// <inheritdoc/>
    public void BackwardParameters(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(this, y, outputGradient);
        EmbeddingTable.Backward(Dense.Of(outputGradient).View(), width, indices, weight!.Gradient.Values());
    }

    /// <inheritdoc/>
    public LayerDescription Describe() => new LayerDescription("Embedding", $"{vocabularySize} -> {width}").With("vocabularySize", vocabularySize).With("width", width);

    /// <summary>The layer in one line.</summary>
    /// <returns><c>Embedding(1000 -&gt; 16)</c>.</returns>
    public override string ToString() => Describe().ToString();
}
