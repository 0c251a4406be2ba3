namespace NeuralNet;

/// <summary>A network as it was at one moment, for predictions alone: <c>network.ToPredictor()</c>.</summary>
/// <remarks>
/// It has copies of the network's values, which never change, and holds weights of <see cref="Affine{T}"/> and <see cref="Convolution{T}"/> once more in the order in which the processor reads them,
/// which takes up to five times their memory. So it predicts single samples faster than <see cref="Network{T}.Predict(Matrix{T})"/> does, with the same bits. It may be used by many threads at once, while the network is trained on or not.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Predictor<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly EvaluatorPool<T> evaluators;

    internal Predictor(Network<T> network)
    {
        evaluators = new EvaluatorPool<T>(network.Chain.Freeze());
        (MaxThreads, ClassNames) = (network.MaxThreads, network.ClassNames);
    }

    /// <summary>How many threads a prediction may use, at least 1; at first as many as the network's. Results do not depend on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public int MaxThreads
    {
        get;
        set => field = Guard.AtLeast(1, value, nameof(MaxThreads));
    }

    /// <summary>The shape of one input sample.</summary>
    public Shape InputShape => evaluators.InputShape;

    /// <summary>The shape of one output sample.</summary>
    public Shape OutputShape => evaluators.OutputShape;

    /// <summary>The names of the classes that the outputs stand for, in their order; empty if they have none.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    internal EvaluatorPool<T> Evaluators => evaluators;

    /// <inheritdoc cref="Network{T}.Predict(Matrix{T})"/>
    public Matrix<T> Predict(Matrix<T> input) => evaluators.Predict(input, MaxThreads);

    /// <inheritdoc cref="Network{T}.Predict(Matrix{T}, Matrix{T})"/>
    public void Predict(Matrix<T> input, Matrix<T> output) => evaluators.Predict(input, output, MaxThreads);

    /// <inheritdoc cref="Network{T}.Predict(ReadOnlySpan{T}, Span{T})"/>
    public void Predict(ReadOnlySpan<T> samples, Span<T> outputs) => evaluators.Predict(samples, outputs, MaxThreads);
}
