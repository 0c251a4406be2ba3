using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Units that begin as each other's copies.</summary>
internal sealed class SymmetryCheck<T> : Check<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override IEnumerable<Finding> Examine(Evidence<T> evidence)
    {
        Parameter<T>[] weights = [.. evidence.Pass?.Layers.SelectMany(layer => layer.Parameters).Where(IsWeight) ?? []];

        // The last weights may well begin as zeros: their outputs are told apart by the targets.
        for (int i = 0; i < weights.Length - 1; i++)
        {
            if (!AreCopies(weights[i].Value.View()))
                continue;
            yield return new(
                FindingKind.Symmetry,
                FindingSeverity.Error,
                weights[i].Name,
                $"All {weights[i].Value.ColumnCount} units have the same weights{(weights[i].Value.Values().ContainsAnyExcept(T.Zero) ? string.Empty : ", all 0")}.",
                "Units with the same weights compute the same, get the same gradient and stay the same: the layer is as good as a single unit.",
                "Initialise with random numbers: He before Relu, Xavier before Sigmoid and Tanh, which are the defaults.");
        }
    }

    private static bool AreCopies(MatrixSpan<T> weights)
    {
        for (int unit = 1; unit < weights.Columns; unit++)
        {
            if (!weights.Column(unit).SequenceEqual(weights.Column(0)))
                return false;
        }

        return weights.Columns > 1;
    }
}
