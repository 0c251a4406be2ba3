namespace NeuralNet.Tests;

/// <summary>The fault of the tutorial whose accuracy never moved: it computes with arrays of its own, and the optimizer changes others.</summary>
internal sealed class PrivateCopy(Matrix<double> weight) : ILayer<double>
{
    private readonly Matrix<double> used = weight.Clone();
    private readonly Parameter<double> shown = new("weight", new Shape(weight.ColumnCount, weight.RowCount), weight.Clone());
    private Matrix<double>? x;

    public IReadOnlyList<Parameter<double>> Parameters => [shown];

    public Shape Build(Shape inputShape, Random random) => used.ColumnCount;

    public Matrix<double> Forward(Matrix<double> input) => (x = input) * used;

    public Matrix<double> Backward(Matrix<double> outputGradient)
    {
        x!.TransposeThisAndMultiply(outputGradient).CopyTo(shown.Gradient);
        return outputGradient.TransposeAndMultiply(used);
    }
}

/// <summary>A Backward that was never written.</summary>
internal sealed class NoBackward : ILayer<double>
{
    public Matrix<double> Forward(Matrix<double> input) => input;

    public Matrix<double> Backward(Matrix<double> outputGradient) => Matrix<double>.Build.Dense(outputGradient.RowCount, outputGradient.ColumnCount);
}

/// <summary>Its own parameter's gradient was forgotten.</summary>
internal sealed class NoParameterGradient : ILayer<double>
{
    private readonly Parameter<double> shift = new("shift", 1, Matrix<double>.Build.Dense(1, 1));

    public IReadOnlyList<Parameter<double>> Parameters => [shift];

    public Matrix<double> Forward(Matrix<double> input) => input + shift.Value[0, 0];

    public Matrix<double> Backward(Matrix<double> outputGradient) => outputGradient;
}

/// <summary><c>y = √|x|</c>, whose derivative at 0 is infinite.</summary>
internal sealed class SquareRoot : ILayer<double>
{
    private Matrix<double>? x;

    public Matrix<double> Forward(Matrix<double> input) => (x = input).Map(value => Math.Sqrt(Math.Abs(value)), Zeros.Include);

    public Matrix<double> Backward(Matrix<double> outputGradient) => x!.Map2((value, dy) => (value < 0 ? -1 : value > 0 ? 1 : 0) * dy / (2 * Math.Sqrt(Math.Abs(value))), outputGradient, Zeros.Include);
}

/// <summary>The loss of the tutorial whose XOR became NaN: the likelihood of probabilities, without its minus sign.</summary>
internal sealed class LogLikelihood : ILossLayer<double>
{
    private Matrix<double>? p;
    private Matrix<double>? t;

    public double Forward(Matrix<double> input, Matrix<double> target, ReadOnlySpan<double> sampleWeights = default)
    {
        (p, t) = (input, target);
        return (t.PointwiseMultiply(p.PointwiseLog()) + (1 - t).PointwiseMultiply((1 - p).PointwiseLog())).Enumerate().Sum() / p.RowCount;
    }

    public Matrix<double> Backward() => (t!.PointwiseDivide(p) - (1 - t).PointwiseDivide(1 - p)) / p!.RowCount;

    public Matrix<double> Forward(Matrix<double> input) => input;

    public Matrix<double> Backward(Matrix<double> outputGradient) => outputGradient;
}

/// <summary>A rule that updates a copy of what it is given.</summary>
internal sealed record SgdOfCopies(double LearningRate) : IOptimizerRule
{
    public IReadOnlyList<string> SlotNames => [];

    public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T> => new Sgd(LearningRate).Update(value.ToArray(), gradient, slots, step);
}
