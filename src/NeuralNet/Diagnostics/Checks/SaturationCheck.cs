namespace NeuralNet;

/// <summary>Sigmoid and tanh units out on their flat ends.</summary>
internal sealed class SaturationCheck<T> : Check<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The slope, as a share of the steepest, below which a unit counts as saturated: the sigmoid beyond 0.987, tanh beyond 0.975.</summary>
    private const double SmallestSlope = 0.05;

    /// <summary>The share of saturated outputs that is too much. Units that have learned are sure of many samples, but not of nearly all.</summary>
    private const double LargestShare = 0.8;

    public override IEnumerable<Finding> Examine(Evidence<T> evidence)
    {
        foreach (LayerPass<T> layer in evidence.Pass?.Layers ?? [])
        {
            Func<double, double>? slope = layer.Layer switch
            {
                Sigmoid<T> or HardSigmoid<T> => y => 4 * y * (1 - y),
                Tanh<T> => y => 1 - (y * y),
                _ => null,
            };

            // An output that gives its right answers is at the flat ends too.
            if (slope is null || (evidence.HasLearned && layer == evidence.Pass!.Finished[^1]))
                continue;

            int saturated = 0;
            foreach (T y in layer.Output.Values())
                saturated += slope(double.CreateTruncating(y)) < SmallestSlope ? 1 : 0;
            double share = (double)saturated / layer.Output.Values().Length;
            if (share <= LargestShare)
                continue;
            yield return new(
                FindingKind.Saturation,
                FindingSeverity.Warning,
                layer.Name,
                $"{Percent(share)} of its outputs are at the flat ends, where the slope is less than a twentieth of the steepest.",
                "Where the function is flat no gradient comes through, so that the layers before it hardly learn.",
                "Scaled inputs, Xavier initialisation, a smaller learning rate, a BatchNormalization before it; or Relu in its place.");
        }
    }
}
