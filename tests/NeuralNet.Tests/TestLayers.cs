namespace NeuralNet.Tests;

/// <summary>A custom activation as a reader of the documentation would write it: <c>y = x³</c>, two methods. Its derivative can be made wrong.</summary>
internal sealed class Cube(double derivativeFactor = 1) : ILayer<double>
{
    private Matrix<double>? x;

    public Matrix<double> Forward(Matrix<double> input) => (x = input).Map(value => value * value * value, Zeros.Include);

    public Matrix<double> Backward(Matrix<double> outputGradient) => x!.Map2((value, dy) => derivativeFactor * 3 * value * value * dy, outputGradient, Zeros.Include);
}

/// <summary>Another, of a kind that the tests register.</summary>
internal sealed class Square : ILayer<double>
{
    private Matrix<double>? x;

    public static string Kind { get; } = Registered();

    public Matrix<double> Forward(Matrix<double> input) => (x = input).PointwiseMultiply(input);

    public Matrix<double> Backward(Matrix<double> outputGradient) => 2 * x!.PointwiseMultiply(outputGradient);

    public LayerDescription Describe() => new(Kind);

    private static string Registered()
    {
        LayerRegistry.Register<double>("Square", _ => new Square());
        return "Square";
    }
}

/// <summary>Relu whose derivative at and below 0 is a wrong one.</summary>
internal sealed class BentRelu(double slopeAtZero) : ILayer<double>
{
    private Matrix<double>? x;

    public Matrix<double> Forward(Matrix<double> input) => (x = input).PointwiseMaximum(0);

    public Matrix<double> Backward(Matrix<double> outputGradient) =>
        x!.Map2((value, dy) => (value > 0 ? 1 : value == 0 ? slopeAtZero : 0) * dy, outputGradient, Zeros.Include);
}

/// <summary><c>y = x·s</c> with one learned factor; the gradient of the factor can be made wrong.</summary>
internal sealed class Scale(double gradientFactor = 1) : ILayer<double>
{
    private readonly Parameter<double> factor = new("factor", 1, Matrix<double>.Build.Dense(1, 1, 0.75));
    private Matrix<double>? x;

    public IReadOnlyList<Parameter<double>> Parameters => [factor];

    public Matrix<double> Forward(Matrix<double> input) => (x = input) * factor.Value[0, 0];

    public Matrix<double> Backward(Matrix<double> outputGradient)
    {
        factor.Gradient[0, 0] = gradientFactor * x!.PointwiseMultiply(outputGradient).Enumerate().Sum();
        return outputGradient * factor.Value[0, 0];
    }
}

/// <summary>Multiplies with random factors in training, as a Dropout does: a pure function of key, step and element. Counts what it is told.</summary>
internal sealed class Noise : ILayer<double>, IStepAware
{
    private StepContext step;
    private Matrix<double>? factors;

    public int Commits { get; private set; }

    /// <summary>The factors of the latest Forward; ones in inference.</summary>
    public Matrix<double> Factors => factors!;

    public void EnterStep(StepContext context) => step = context;

    public void CommitStep() => Commits++;

    public Matrix<double> Forward(Matrix<double> input)
    {
        factors = Matrix<double>.Build.Dense(input.RowCount, input.ColumnCount, 1);
        if (step.Training)
            new Uniform(0.5, 1.5).Fill(factors.Values(), 1, 1, new CounterRandom(step.Key, (ulong)step.Step << 32));
        return input.PointwiseMultiply(factors);
    }

    public Matrix<double> Backward(Matrix<double> outputGradient) => outputGradient.PointwiseMultiply(factors);
}

/// <summary>Keeps from a layer the steps that are entered, and the input if it is given one.</summary>
internal sealed class Sheltered(ILayer<double> layer, Matrix<double>? fixedInput) : ILayer<double>
{
    public IReadOnlyList<Parameter<double>> Parameters => layer.Parameters;

    public Matrix<double> Forward(Matrix<double> input) => layer.Forward(fixedInput ?? input);

    public Matrix<double> Backward(Matrix<double> outputGradient) => layer.Backward(outputGradient);
}

/// <summary>Two layers in one place: a composite.</summary>
internal sealed class Pair(ILayer<double> first, ILayer<double> second) : ILayer<double>
{
    public IReadOnlyList<ILayer<double>> Children => [first, second];

    public Shape Build(Shape inputShape, Random random) => second.Build(first.Build(inputShape, random), random);

    public Matrix<double> Forward(Matrix<double> input) => second.Forward(first.Forward(input));

    public Matrix<double> Backward(Matrix<double> outputGradient) => first.Backward(second.Backward(outputGradient));
}

/// <summary>A layer with a parameter of a size that its description does not tell.</summary>
internal sealed class Forgetful(int size) : ILayer<double>
{
    public IReadOnlyList<Parameter<double>> Parameters { get; } = [new("unused", size, Matrix<double>.Build.Dense(1, size))];

    public Matrix<double> Forward(Matrix<double> input) => input;

    public Matrix<double> Backward(Matrix<double> outputGradient) => outputGradient;
}

/// <summary>A layer around parameters that it is given.</summary>
internal sealed class Holder(params Parameter<double>[] parameters) : ILayer<double>
{
    public IReadOnlyList<Parameter<double>> Parameters => parameters;

    public Matrix<double> Forward(Matrix<double> input) => input;

    public Matrix<double> Backward(Matrix<double> outputGradient) => outputGradient;
}

/// <summary>Throws at one of its Forwards.</summary>
internal sealed class Fuse(int atForward) : ILayer<double>
{
    private int forwards;

    public Matrix<double> Forward(Matrix<double> input) => ++forwards == atForward ? throw new InvalidOperationException("The fuse has blown.") : input;

    public Matrix<double> Backward(Matrix<double> outputGradient) => outputGradient;
}

/// <summary>Where a reader of the book keeps layers of his own.</summary>
internal static class Own
{
    /// <summary>Not the library's, but of the same name.</summary>
    internal sealed class Tanh : ILayer<double>
    {
        public Matrix<double> Forward(Matrix<double> input) => 2 * input;

        public Matrix<double> Backward(Matrix<double> outputGradient) => 2 * outputGradient;
    }
}
