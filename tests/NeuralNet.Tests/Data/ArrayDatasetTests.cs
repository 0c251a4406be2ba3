namespace NeuralNet.Tests;

public class ArrayDatasetTests
{
    private static readonly double[] Features = [1, 2, 3, 4, 5, 6];

    [Fact]
    public void A_batch_holds_features_targets_and_weights_of_its_indices()
    {
        var data = new ArrayDataset<double>(2, Features, 1, [10, 20, 30], [0.5, 0, 2]);
        Matrix<double> features = Matrix<double>.Build.Dense(2, 2), targets = Matrix<double>.Build.Dense(2, 1);
        var weights = new double[2];
        data.CopyBatch([2, 0], features, targets);
        data.CopyWeights([2, 0], weights);

        // Column after column.
        features.ToColumnMajorArray().Should().Equal(5, 1, 6, 2);
        targets.ToColumnMajorArray().Should().Equal(30, 10);
        weights.Should().Equal(2, 0.5);
        data.HasSampleWeights.Should().BeTrue();
        data.Labels.IsEmpty.Should().BeTrue();
        data.ToString().Should().Be("ArrayDataset(3 of 2 -> 1)");
    }

    [Fact]
    public void Labels_become_one_hot_rows()
    {
        var data = new ArrayDataset<double>(2, Features, [1, 0, 1], classes: 2);
        Matrix<double> features = Matrix<double>.Build.Dense(3, 2), targets = Matrix<double>.Build.Dense(3, 2, 9);
        data.CopyBatch([0, 1, 2], features, targets);

        targets.ToColumnMajorArray().Should().Equal(0, 1, 0, 1, 0, 1);
        data.Labels.ToArray().Should().Equal(1, 0, 1);
    }

    [Fact]
    public void Without_weights_every_sample_weighs_one()
    {
        var data = new ArrayDataset<double>(2, Features, [1, 0, 1], classes: 2);
        IDataset<double> byDefault = new ImageDataset<double>(1, [7], [0], classes: 2);
        double[] weights = [9, 9], one = [9];
        data.CopyWeights([0, 2], weights);
        byDefault.CopyWeights([0], one);

        data.HasSampleWeights.Should().BeFalse();
        weights.Should().Equal(1, 1);
        one.Should().Equal(1);
    }

    [Fact]
    public void Matrices_become_samples_and_are_copied()
    {
        Matrix<double> x = Make.Rows([1, 2], [3, 4], [5, 6]), t = Make.Rows([10], [20], [30]);
        var data = new ArrayDataset<double>(x, t, [1, 2, 3]);
        var labelled = new ArrayDataset<double>(Matrix<double>.Build.SparseOfMatrix(x), [1, 0, 1], classes: 2);
        x.Clear();
        Matrix<double> features = Matrix<double>.Build.Dense(2, 2), targets = Matrix<double>.Build.Dense(2, 1), oneHot = Matrix<double>.Build.Dense(2, 2);
        data.CopyBatch([2, 0], features, targets);

        features.ToColumnMajorArray().Should().Equal(5, 1, 6, 2);
        targets.ToColumnMajorArray().Should().Equal(30, 10);
        data.HasSampleWeights.Should().BeTrue();
        labelled.CopyBatch([2, 1], features, oneHot);
        features.ToColumnMajorArray().Should().Equal(5, 3, 6, 4);
        oneHot.ToColumnMajorArray().Should().Equal(0, 1, 1, 0);
        FluentActions.Invoking(() => new ArrayDataset<double>(t, Make.Rows([1], [2]))).Should().Throw<ArgumentException>().WithMessage("ArrayDataset expects 3 targets, one for each sample, got 2.*");
    }

    [Fact]
    public void Wrong_arguments_are_told_in_words()
    {
        Wrong(() => _ = new ArrayDataset<double>(4, Features, 1, [1, 2, 3]), "ArrayDataset expects features of 4 numbers a sample, at least one sample; got 6 numbers.*");
        Wrong(() => _ = new ArrayDataset<double>(2, Features, 1, [1, 2]), "ArrayDataset expects 3 targets, one for each sample, got 2.*");
        Wrong(() => _ = new ArrayDataset<double>(2, Features, 2, [1, 2, 3]), "ArrayDataset expects targets of 2 numbers a sample, at least one sample; got 3 numbers.*");
        Wrong(() => _ = new ArrayDataset<double>(2, Features, [0, 1], 2), "ArrayDataset expects 3 labels, one for each sample, got 2.*");
        Wrong(() => _ = new ArrayDataset<double>(2, Features, [0, 1, 2], 2), "Labels must be from 0 to 1; got 2 at index 2.*");
        Wrong(() => _ = new ArrayDataset<double>(2, Features, [0, 1, 1], 0), "classes must be at least 1; got 0.*");
        Wrong(() => _ = new ArrayDataset<double>(2, Features, [0, 1, 1], 2, []), "ArrayDataset expects 3 sampleWeights, one for each sample, got 0.*");
        Wrong(() => _ = new ArrayDataset<double>(2, Features, [0, 1, 1], 2, [1, -1, 1]), "ArrayDataset: sampleWeights must be finite and at least 0; got -1 at index 1.*");
        Wrong(() => new ArrayDataset<double>(2, Features, [0, 1, 1], 2).CopyWeights([0], new double[2]), "*expects 1 weights, one for each sample, got 2.*");
        FluentActions.Invoking(() => new ArrayDataset<Half>(1, [Half.One], [0], 2)).Should().Throw<NotSupportedException>().WithMessage("*float or double; got Half*");

        static void Wrong(Action action, string message) => action.Should().Throw<ArgumentException>().WithMessage(message);
    }
}
