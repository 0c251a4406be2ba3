namespace NeuralNet.Tests;

public class SyntheticDataTests
{
    [Fact]
    public void Xor_is_the_four_points_in_order()
    {
        ArrayDataset<double> xor = SyntheticData.Xor<double>();
        Batch<double> batch = All(xor);

        batch.Features.ToRowArrays().Should().BeEquivalentTo(new double[][] { [0, 0], [0, 1], [1, 0], [1, 1] }, options => options.WithStrictOrdering());
        batch.Targets.ToColumnMajorArray().Should().Equal(0, 1, 1, 0);
        xor.Labels.ToArray().Should().Equal(0, 1, 1, 0);
    }

    [Fact]
    public void Spiral_without_noise_follows_its_formula()
    {
        ArrayDataset<double> spiral = SyntheticData.Spiral<double>(samplesPerClass: 4, classes: 2, noise: 0, seed: 1);
        Matrix<double> points = All(spiral).Features;

        // Radii 0, 1/4, 1/2, 3/4 at angles 0, 1, 2, 3; the second arm opposite the first. Sine and cosine of 1, 2, 3 from a table.
        double[] sines = [0, 0.8414709848078965, 0.9092974268256817, 0.1411200080598672], cosines = [1, 0.5403023058681398, -0.4161468365471424, -0.9899924966004454];
        for (int i = 0; i < 4; i++)
        {
            points[i, 0].Should().BeApproximately(i / 4.0 * sines[i], 1e-15);
            points[i, 1].Should().BeApproximately(i / 4.0 * cosines[i], 1e-15);
            points[4 + i, 0].Should().BeApproximately(-points[i, 0], 1e-15);
            points[4 + i, 1].Should().BeApproximately(-points[i, 1], 1e-15);
        }

        spiral.Labels.ToArray().Should().Equal(0, 0, 0, 0, 1, 1, 1, 1);
        spiral.TargetShape.Should().Be(new Shape(2));
    }

    [Fact]
    public void Noise_turns_the_points_by_its_standard_deviation_and_is_seeded()
    {
        const int Samples = 2000;
        Matrix<double> clean = All(SyntheticData.Spiral<double>(Samples, 2, 0, seed: 1)).Features;
        Matrix<double> noisy = All(SyntheticData.Spiral<double>(Samples, 2, 0.2, seed: 1)).Features;
        double sumOfSquares = 0;
        for (int i = 0; i < 2 * Samples; i++)
        {
            double turn = Math.Atan2(noisy[i, 0], noisy[i, 1]) - Math.Atan2(clean[i, 0], clean[i, 1]);
            sumOfSquares += i % Samples == 0 ? 0 : Math.Pow(Math.IEEERemainder(turn, 2 * Math.PI), 2);
        }

        // Five standard deviations of a variance of 4000 normals: 5·sqrt(2/4000) = 11 %.
        (sumOfSquares / (2 * Samples)).Should().BeApproximately(0.04, 0.0045);
        All(SyntheticData.Spiral<double>(Samples, 2, 0.2, seed: 1)).Features.Should().Be(noisy);
        All(SyntheticData.Spiral<double>(Samples, 2, 0.2, seed: 2)).Features.Should().NotBe(noisy);
    }

    [Fact]
    public void Wrong_arguments_are_told_in_words()
    {
        Wrong(() => SyntheticData.Spiral<float>(0, 3, 0.2, 1), "samplesPerClass must be at least 1; got 0.*");
        Wrong(() => SyntheticData.Spiral<float>(1, 1, 0.2, 1), "classes must be at least 2; got 1.*");
        Wrong(() => SyntheticData.Spiral<float>(1, 3, -1, 1), "noise must be at least 0 and finite; got -1.*");

        static void Wrong(Action action, string message) => action.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
    }

    private static Batch<double> All(ArrayDataset<double> dataset)
    {
        BatchEnumerator<double> batches = new Batches<double>(dataset, dataset.Count, seed: 0).InOrder();
        batches.MoveNext();
        return batches.Current;
    }
}
