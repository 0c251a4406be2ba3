namespace NeuralNet;

/// <summary>The reduction over samples that all losses share: Σ w·l over a total, and what each sample's gradient is scaled with.</summary>
internal sealed class SampleMean<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchBuffer<T> losses = new();
    private readonly BatchBuffer<T> scales = new();

    /// <summary>Where a loss writes the losses of a batch's samples, before <see cref="Reduce"/>.</summary>
    public Span<T> Losses(int samples) => losses.For(samples, 1).Values();

    /// <summary>What the gradients of a batch's samples are multiplied with, after <see cref="Reduce"/>.</summary>
    public ReadOnlySpan<T> Scales(int samples) => scales.For(samples, 1).Values();

    /// <summary>The samples' losses times their weights, divided by the loss's <see cref="ILossLayer{T}.TotalWeight"/> (times the outputs, for a mean over all elements).</summary>
    public double Reduce(int samples, ReadOnlySpan<T> weights, double total)
    {
        Span<T> each = Losses(samples);
        Span<T> scale = scales.For(samples, 1).Values();
        double sum = 0;
        for (int i = 0; i < samples; i++)
        {
            double weight = weights.IsEmpty ? 1 : double.CreateTruncating(weights[i]);
            scale[i] = T.CreateTruncating(weight / total);
            if (weight != 0)
                sum += weight * double.CreateTruncating(each[i]);
        }

        return sum / total;
    }
}
