namespace NeuralNet;

/// <summary>Statistics of a data set, in double, and the scalings that they make. A place is a feature, a target, or a channel with all that is in it.</summary>
internal sealed class ScalingFit<T>(IDataset<T> dataset, bool ofTargets, int places, string what)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // What is held of the set at a time: enough samples for long columns, and no more than a few megabytes.
    private const int BlockSamples = 1024, BlockNumbers = 1 << 20;

    // The distance from 1 to the next number.
    private const double Epsilon = 1.0 / (1L << 52);

    private delegate void PlaceAction(int place, ReadOnlySpan<T> values);

    /// <summary>Mean 0, deviation 1.</summary>
    public Scaling ToStandard()
    {
        double[] means = new double[places], remainders = new double[places], variances = new double[places], factors = new double[places];
        double count = (double)dataset.Count * (ofTargets ? dataset.TargetShape : dataset.FeatureShape).Size / places;
        EachPlace((place, values) =>
        {
            double sum = 0;
            foreach (T value in values)
                sum += double.CreateTruncating(value);
            means[place] += sum / count;
        });
        EachPlace((place, values) =>
        {
            double sum = 0, squares = 0;
            foreach (T value in values)
            {
                double deviation = double.CreateTruncating(value) - means[place];
                sum += deviation;
                squares += deviation * deviation;
            }

            remainders[place] += sum / count;
            variances[place] += squares / count;
        });
        for (int i = 0; i < places; i++)
        {
            // The remainder is what the rounding of the mean left.
            Guard.FiniteFeature(dataset, what, i, variances[i]);
            means[i] += remainders[i];
            factors[i] = Inverse(IsConstant(means[i], variances[i], count) ? 0 : Math.Sqrt(variances[i] - (remainders[i] * remainders[i])));
        }

        return new Scaling(means, factors);
    }

    /// <summary>From the least to the greatest.</summary>
    public Scaling Between(double low, double high)
    {
        double[] least = new double[places], greatest = new double[places], offsets = new double[places], factors = new double[places];
        Array.Fill(least, double.PositiveInfinity);
        Array.Fill(greatest, double.NegativeInfinity);
        EachPlace((place, values) =>
        {
            // Both stay NaN from a NaN on.
            foreach (T value in values)
            {
                least[place] = Math.Min(least[place], double.CreateTruncating(value));
                greatest[place] = Math.Max(greatest[place], double.CreateTruncating(value));
            }
        });
        for (int i = 0; i < places; i++)
        {
            Guard.FiniteFeature(dataset, what, i, greatest[i] - least[i]);
            factors[i] = Inverse((greatest[i] - least[i]) / (high - low));
            offsets[i] = least[i] - (low / factors[i]);
        }

        return new Scaling(offsets, factors);
    }

    // Whether rounding alone can make such a variance; the bound is scikit-learn's.
    private static bool IsConstant(double mean, double variance, double count)
    {
        double rounding = count * mean * Epsilon;
        return variance <= (count * Epsilon * variance) + (rounding * rounding);
    }

    // 1 where there is nothing to divide by.
    private static double Inverse(double range) => double.IsFinite(1 / range) ? 1 / range : 1;

    private void EachPlace(PlaceAction action)
    {
        int samples = Math.Clamp(BlockNumbers / (dataset.FeatureShape.Size + dataset.TargetShape.Size), 1, BlockSamples);
        foreach (Batch<T> batch in new Batches<T>(dataset, samples, seed: 0).InOrder())
        {
            Span<T> values = (ofTargets ? batch.Targets : batch.Features).Values();
            int length = values.Length / places;
            for (int place = 0; place < places; place++)
                action(place, values.Slice(place * length, length));
        }
    }
}
