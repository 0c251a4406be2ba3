using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Units that begin as each other's copies.</summary>
internal sealed class SymmetryCheck<T> : Check<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override IEnumerable<Finding> Examine(Evidence<T> evidence)
    {
        LayerPass<T>[] weighted = [.. evidence.Pass?.Layers.Where(layer => layer.Parameters.Any(IsWeight)) ?? []];

        // The last weights may well begin alike: their outputs are told apart by the targets.
        foreach (LayerPass<T> layer in weighted.SkipLast(1))
        {
            Parameter<T> weight = layer.Parameters.First(IsWeight);
            Parameter<T>[] ofUnits = [.. layer.Parameters.Where(parameter => parameter.Value.ColumnCount == weight.Value.ColumnCount)];
            if (!ofUnits.All(parameter => AreAlike(parameter.Value.View())))
                continue;

            bool stayAlike = ofUnits.All(parameter => AreAlike(parameter.Gradient.View()));
            yield return new(
                FindingKind.Symmetry,
                stayAlike ? FindingSeverity.Error : FindingSeverity.Warning,
                weight.Name,
                $"All {weight.Value.ColumnCount} units have the same weights{(weight.Value.Values().ContainsAnyExcept(T.Zero) ? string.Empty : ", all 0")}.",
                stayAlike
                    ? "Units with the same weights compute the same; these get the same gradient too, so they stay the same: the layer is as good as a single unit."
                    : "Units with the same weights compute the same: at first the layer is as good as a single unit, and only the weights behind it tell its units apart.",
                "Initialise with random numbers: He before Relu, Xavier before Sigmoid and Tanh, which are the defaults.");
        }
    }

    private static bool AreAlike(MatrixSpan<T> units)
    {
        for (int unit = 1; unit < units.Columns; unit++)
        {
            if (!units.Column(unit).SequenceEqual(units.Column(0)))
                return false;
        }

        return units.Columns > 1;
    }
}
