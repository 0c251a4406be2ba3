namespace NeuralNet;

/// <summary>Weights whose gradient is tiny beside that of others.</summary>
internal sealed class VanishingGradientCheck<T> : Check<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How much smaller a gradient may be, each beside its weights: with one rate for all, the slowest weights need as many times the steps of the fastest, and nobody waits for 10,000 times as many.</summary>
    private const double SmallestShare = 1e-4;

    public override IEnumerable<Finding> Examine(Evidence<T> evidence)
    {
        if (evidence.Pass is not { } pass)
            yield break;
        (Parameter<T> Parameter, double Ratio)[] weights =
        [
            .. pass.Layers.SelectMany(layer => layer.Parameters).Where(IsWeight)
                .Select(parameter => (parameter, Norm(parameter.Gradient) / Norm(parameter.Value)))
                .Where(weight => double.IsFinite(weight.Item2) && weight.Item2 > 0),
        ];
        if (weights.Length == 0)
            yield break;

        (Parameter<T> most, double largest) = weights.MaxBy(weight => weight.Ratio);
        foreach ((Parameter<T> parameter, double ratio) in weights.Where(weight => weight.Ratio < SmallestShare * largest))
        {
            yield return new(
                FindingKind.VanishingGradient,
                FindingSeverity.Warning,
                parameter.Name,
                $"Its gradient is {Text(ratio)} of its size, that of {most.Name} {Text(largest)}: {Text(largest / ratio)} times as much.",
                "A learning rate that suits the others hardly moves these weights, so that the first layers stay as random as they began.",
                "Relu in place of Sigmoid and Tanh, BatchNormalization, a Residual around deep parts, fewer layers, or a rule that scales gradients, such as Adam.");
        }
    }
}
