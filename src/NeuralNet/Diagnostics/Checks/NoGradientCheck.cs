namespace NeuralNet;

/// <summary>Parameters whose gradient is exactly zero, and the layer that keeps it back.</summary>
internal sealed class NoGradientCheck<T> : Check<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override IEnumerable<Finding> Examine(Evidence<T> evidence)
    {
        // Where the loss itself asks for nothing, as a hinge whose margins are all kept, there is nothing to miss.
        if (evidence.Pass is not { } pass || !IsSome(pass.LossGradient))
            yield break;

        // A single number's gradient is a sum of terms of both signs, small ones at last: it may come to exactly 0.
        bool MayCancel(Parameter<T> parameter) => evidence.HasLearned && parameter.Shape.Size == 1;

        string blocked = $"layer {pass.LossPath} {pass.LossLayer.Describe()}";
        for (int i = pass.Layers.Count - 1; i >= 0; i--)
        {
            LayerPass<T> layer = pass.Layers[i];
            string[] without = [.. layer.Parameters.Where(parameter => !IsSome(parameter.Gradient) && !MayCancel(parameter)).Select(parameter => parameter.Name)];
            bool arrives = layer.OutputGradient is { } gradient && IsSome(gradient);
            if (without.Length > 0)
            {
                yield return new(
                    FindingKind.NoGradient,
                    FindingSeverity.Error,
                    string.Join(", ", without),
                    arrives ? $"The gradient is exactly 0, although one reaches {layer.Name}{(IsSome(layer.Input) ? string.Empty : ", for its input is all 0")}." : $"The gradient is exactly 0: {blocked} lets none through.",
                    "What has no gradient is not learned.",
                    arrives
                        ? "Look at what the layers before it give, and at the layer's Backward with GradientCheck.Layer."
                        : "Look at that layer: dead or saturated units, weights that are all 0, a Backward that returns zeros.");
            }

            if (arrives)
                blocked = layer.Name;
        }
    }

    private static bool IsSome(Matrix<T> gradient) => gradient.Values().ContainsAnyExcept(T.Zero);
}
