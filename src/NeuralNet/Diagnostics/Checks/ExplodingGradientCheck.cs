namespace NeuralNet;

/// <summary>Gradients that are far larger than the weights they belong to.</summary>
internal sealed class ExplodingGradientCheck<T> : Check<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many times its weights a gradient may be: from here on a rate of 0.01 moves weights by more than they are.</summary>
    private const double LargestRatio = 100;

    /// <summary>What no gradient is too large below, because small initial weights (a standard deviation of 0.01) are small beside any gradient.</summary>
    private const double SmallestNorm = 100;

    public override IEnumerable<Finding> Examine(Evidence<T> evidence)
    {
        foreach (Parameter<T> parameter in evidence.Pass?.Layers.SelectMany(layer => layer.Parameters).Where(IsWeight) ?? [])
        {
            (double gradient, double value) = (Norm(parameter.Gradient), Norm(parameter.Value));
            if (!double.IsFinite(gradient) || gradient < SmallestNorm || gradient < LargestRatio * value)
                continue;
            yield return new(
                FindingKind.ExplodingGradient,
                FindingSeverity.Warning,
                parameter.Name,
                $"Its gradient has the norm {Text(gradient)}, its value {Text(value)}.",
                "A step along such a gradient throws the weights far away, and the next is larger still: the loss jumps, then becomes NaN.",
                "Smaller initial weights (He, Xavier), scaled inputs and targets, ClipByGlobalNorm(1), BatchNormalization, a smaller learning rate.");
        }
    }
}
