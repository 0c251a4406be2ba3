using System.Globalization;

namespace NeuralNet;

/// <summary>A hyperparameter of a loss that is a weight for each output, or nothing for weights of 1.</summary>
internal sealed class OutputWeights
{
    private readonly string name;
    private readonly double[] weights;

    private OutputWeights(double[] weights, string name) => (this.weights, this.name) = (weights, name);

    /// <summary>Weights that are in range, and that the loss's precision can hold.</summary>
    public static OutputWeights Of<T>(ReadOnlySpan<double> weights, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.OutputWeights<T>(weights, name);
        return new(weights.ToArray(), name);
    }

    public double[] Values => weights;

    public bool IsEmpty => weights.Length == 0;

    public T At<T>(int output)
        where T : unmanaged, IFloatingPointIeee754<T> => IsEmpty ? T.One : T.CreateTruncating(weights[output]);

    /// <summary>That there is one for each output, if there are any.</summary>
    public void Check(object who, int outputs)
    {
        if (!IsEmpty)
            Guard.OnePerOutput(who, outputs, weights.Length, name);
    }

    /// <summary>What a loss says of its options in one line: <c>labelSmoothing 0.1, 3 classWeights</c>, whatever of it there is.</summary>
    public static string Text(string first, params ReadOnlySpan<OutputWeights> weights)
    {
        string[] texts = [first, .. weights.ToArray().Select(weight => weight.ToString())];
        return string.Join(", ", texts.Where(text => text.Length > 0));
    }

    /// <summary>For a loss in one line: <c>3 classWeights</c>, or nothing.</summary>
    public override string ToString() => IsEmpty ? "" : string.Create(CultureInfo.InvariantCulture, $"{weights.Length} {name}");
}
