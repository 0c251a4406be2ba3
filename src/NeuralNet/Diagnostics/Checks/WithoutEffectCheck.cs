namespace NeuralNet;

/// <summary>Parameters that a layer shows to the optimizer but does not compute with.</summary>
internal sealed class WithoutEffectCheck<T> : Check<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override IEnumerable<Finding> Examine(Evidence<T> evidence)
    {
        if (evidence.Pass is not { } pass || !evidence.MayProbe)
            yield break;
        foreach (LayerPass<T> layer in pass.Layers)
        {
            foreach (Parameter<T> parameter in layer.Parameters)
            {
                double gradient = Norm(parameter.Gradient), value = Norm(parameter.Value);

                // Without a gradient there is another reason, and another finding.
                if (gradient == 0 || !double.IsFinite(gradient) || !double.IsFinite(value) || Matters(layer, parameter, Math.Max(value, 1) / gradient))
                    continue;
                yield return new(
                    FindingKind.WithoutEffect,
                    FindingSeverity.Error,
                    parameter.Name,
                    $"Changing it by as much as it is does not change one bit of what {layer.Name} computes.",
                    "The layer computes with other numbers than those that the optimizer updates, such as a copy of its own: training changes nothing.",
                    "Let Forward read Parameter.Value anew at each call, and keep no array from before.");
            }
        }
    }

    // Along its gradient, so that weights which are all 0 move too.
    private static bool Matters(LayerPass<T> layer, Parameter<T> parameter, double stride)
    {
        Matrix<T> original = parameter.Value.Clone(), before = layer.Layer.Forward(layer.Input).Clone();
        try
        {
            (original + (T.CreateTruncating(stride) * parameter.Gradient)).CopyTo(parameter.Value);
            return !layer.Layer.Forward(layer.Input).Equals(before);
        }
        finally
        {
            // The layer behind it is probed with what this one gives.
            original.CopyTo(parameter.Value);
            layer.Layer.Forward(layer.Input);
        }
    }
}
