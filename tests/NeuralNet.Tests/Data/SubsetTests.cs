namespace NeuralNet.Tests;

public class SubsetTests
{
    private static readonly ArrayDataset<float> Data = new(1, [0, 1, 2, 3, 4], [0, 1, 0, 1, 2], classes: 3, [1, 2, 3, 4, 5]);

    [Fact]
    public void Indices_labels_and_weights_are_those_of_the_chosen_samples()
    {
        var subset = new Subset<float>(Data, [4, 1, 1]);
        Matrix<float> features = Matrix<float>.Build.Dense(3, 1), targets = Matrix<float>.Build.Dense(3, 3);
        var weights = new float[3];
        subset.CopyBatch([2, 0, 1], features, targets);
        subset.CopyWeights([2, 0, 1], weights);

        features.ToColumnMajorArray().Should().Equal(1, 4, 1);
        targets.ToColumnMajorArray().Should().Equal(0, 0, 0, 1, 0, 1, 0, 1, 0);
        weights.Should().Equal(2, 5, 2);
        subset.Labels.ToArray().Should().Equal(2, 1, 1);
        subset.Indices.ToArray().Should().Equal(4, 1, 1);
        (subset.Count, subset.HasSampleWeights, subset.FeatureShape, subset.TargetShape).Should().Be((3, true, new Shape(1), new Shape(3)));
        subset.ToString().Should().Be("Subset(3 of ArrayDataset(5 of 1 -> 3))");
    }

    [Fact]
    public void Wrong_indices_are_told_in_words()
    {
        var subset = new Subset<float>(Data, [4, 1]);
        Matrix<float> features = Matrix<float>.Build.Dense(1, 1), targets = Matrix<float>.Build.Dense(1, 3);

        FluentActions.Invoking(() => new Subset<float>(Data, [0, 5])).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("ArrayDataset(5 of 1 -> 3): indices must be from 0 to 4; got 5 at place 1.*");
        FluentActions.Invoking(() => new Subset<float>(Data, [])).Should().Throw<ArgumentException>().WithMessage("A subset of ArrayDataset(5 of 1 -> 3) needs at least one index.*");
        FluentActions.Invoking(() => subset.CopyBatch([2], features, targets)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Subset(2 of ArrayDataset(5 of 1 -> 3)): indices must be from 0 to 1; got 2 at place 0.*");
    }

    [Fact]
    public void A_steady_batch_allocates_nothing()
    {
        var subset = new Subset<float>(Data, [4, 1, 0]);
        Matrix<float> features = Matrix<float>.Build.Dense(2, 1), targets = Matrix<float>.Build.Dense(2, 3);
        int[] indices = [2, 1];
        subset.CopyBatch(indices, features, targets);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            subset.CopyBatch(indices, features, targets);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }
}
