namespace NeuralNet;

/// <summary>Relu units that are shut for every sample.</summary>
internal sealed class DeadUnitsCheck<T> : Check<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>With fewer samples a unit that lives may be shut for all by chance: one that opens for a tenth of them is, of 32, in 3 % of batches.</summary>
    private const int FewestSamples = 32;

    /// <summary>The share from which on it matters. A trained network has some dead units and does well; one with half of them dead has half the width that was paid for.</summary>
    private const double LargestShare = 0.5;

    public override IEnumerable<Finding> Examine(Evidence<T> evidence)
    {
        foreach (LayerPass<T> layer in evidence.Pass?.Layers ?? [])
        {
            if (layer.Layer is not (Relu<T> or Relu6<T>) || layer.Samples < FewestSamples)
                continue;
            int dead = 0;
            for (int unit = 0; unit < layer.Units; unit++)
                dead += layer.UnitOutputs(unit).ContainsAnyExcept(T.Zero) ? 0 : 1;
            double share = (double)dead / layer.Units;
            if (share <= LargestShare)
                continue;
            yield return new(
                FindingKind.DeadUnits,
                share == 1 ? FindingSeverity.Error : FindingSeverity.Warning,
                layer.Name,
                $"{dead} of {layer.Units} {(layer.OutputShape.Rank > 1 ? "channels" : "units")} give 0 for all {layer.Samples} samples.",
                "A Relu that is shut passes no gradient back: what is shut for every sample never opens again by itself.",
                "A smaller learning rate, scaled inputs, He initialisation, biases that begin at 0; or LeakyRelu, which always lets some gradient through.");
        }
    }
}
