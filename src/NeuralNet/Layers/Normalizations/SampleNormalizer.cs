using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>What layers do that normalise each sample over groups of its features: parameters, buffers, checks, the latest statistics.</summary>
internal sealed class SampleNormalizer<T>(ILayer<T> layer, double epsilon, bool affine)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchBuffer<T> outputs = new();
    private readonly BatchBuffer<T> inputGradients = new();
    private readonly BatchBuffer<T> means = new();
    private readonly BatchBuffer<T> inverses = new();
    private int groups;

    // Weight and bias for each feature, and their gradients, though the parameters may have one for each channel. Made when they are first needed.
    private T[] weights = [];
    private T[] biases = [];
    private T[] weightGradients = [];
    private T[] biasGradients = [];
    private Parameter<T>? weight;
    private Parameter<T>? bias;
    private Matrix<T>? x;
    private Matrix<T>? y;

    /// <summary>The shape of a sample; null before <see cref="Build"/>.</summary>
    public Shape? Shape { get; private set; }

    public Parameter<T>[] Parameters { get; private set; } = [];

    /// <summary>Creates the parameters, of a shape whose numbers are each for as many consecutive features.</summary>
    public Shape Build(Shape inputShape, int groupCount, Shape parameterShape)
    {
        if (Shape is null)
        {
            (Shape, groups) = (inputShape, groupCount);
            (weight, bias) = NormalizationParameters.Create<T>(affine, parameterShape);
            Parameters = weight is null ? [] : [weight, bias!];
        }

        Guard.SampleShape(layer, Shape, inputShape);
        return Shape;
    }

    public Matrix<T> Forward(Matrix<T> input)
    {
        Guard.Built(layer, Shape);
        Guard.Input(layer, Shape.Size, input);
        x = Dense.Of(input);
        y = outputs.Like(x);
        if (weights.Length == 0)
        {
            (weights, biases) = (new T[Shape.Size], new T[Shape.Size]);
            Array.Fill(weights, T.One);
        }

        if (weight is not null)
        {
            Spread(weight.Value.Values(), weights);
            Spread(bias!.Value.Values(), biases);
        }

        SampleNormalization.Forward(x.View(), T.CreateTruncating(epsilon), weights, biases, means.For(x.RowCount, groups).View(), inverses.For(x.RowCount, groups).View(), y.View());
        return y;
    }

    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        BackwardParameters(outputGradient);
        Matrix<T> inputGradient = inputGradients.Like(y!);
        SampleNormalization.Backward(x!.View(), Dense.Of(outputGradient).View(), weights, means.For(y!.RowCount, groups).View(), inverses.For(y.RowCount, groups).View(), inputGradient.View());
        return inputGradient;
    }

    public void BackwardParameters(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(layer, y, outputGradient);
        if (weight is null)
            return;
        if (weightGradients.Length == 0)
            (weightGradients, biasGradients) = (new T[weights.Length], new T[weights.Length]);
        SampleNormalization.BackwardParameters(
            x!.View(), Dense.Of(outputGradient).View(), means.For(y.RowCount, groups).View(), inverses.For(y.RowCount, groups).View(), weightGradients, biasGradients);
        Gather(weightGradients, weight.Gradient.Values());
        Gather(biasGradients, bias!.Gradient.Values());
    }

    private static void Spread(ReadOnlySpan<T> parameter, Span<T> features)
    {
        int each = features.Length / parameter.Length;
        for (int i = 0; i < parameter.Length; i++)
            features.Slice(i * each, each).Fill(parameter[i]);
    }

    private static void Gather(ReadOnlySpan<T> features, Span<T> parameter)
    {
        int each = features.Length / parameter.Length;
        for (int i = 0; i < parameter.Length; i++)
        {
            parameter[i] = T.CreateTruncating(Reduction.Sum(features.Slice(i * each, each)));
        }
    }
}
