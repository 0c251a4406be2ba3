namespace NeuralNet.Tests;

public class ClassWeightsTests
{
    private static readonly ArrayDataset<float> Data = new(1, [0, 1, 2, 3], [0, 2, 0, 1], classes: 3, [1, 2, 4, 0.5f]);

    [Fact]
    public void Balanced_weights_are_those_of_scikit_learn()
    {
        // sklearn.utils.class_weight.compute_class_weight("balanced", classes=[0, 1, 2], y=[0, 0, 0, 1, 1, 2]).
        ClassWeights.Balanced([0, 0, 0, 1, 1, 2], classes: 3).Should().Equal(6.0 / 9, 1, 2);
        ClassWeights.Balanced([0, 1, 1, 1], classes: 2).Should().Equal(2, 4.0 / 6);
    }

    [Fact]
    public void A_sample_weighs_its_class_times_its_own_weight()
    {
        ClassWeightedDataset<float> weighted = Data.WithClassWeights(10, 20, 0.25);
        weighted.HasSampleWeights.Should().BeTrue();
        Weights(weighted).Should().Equal(10, 0.5f, 40, 10);
        Weights(new ArrayDataset<float>(1, [0, 1, 2, 3], [0, 1, 0, 1], classes: 1).WithClassWeights(3, 5)).Should().Equal(3, 5, 3, 5);
        weighted.ToString().Should().Be("ClassWeightedDataset(ArrayDataset(4 of 1 -> 3))");
    }

    [Fact]
    public void Balanced_weights_make_every_class_count_as_much()
    {
        int[] labels = Make.Labels(100, 4, seed: 1);
        float[] weights = Weights(new ArrayDataset<float>(1, new float[100], labels, classes: 4).WithClassWeights(ClassWeights.Balanced(labels, 4)));
        for (int label = 0; label < 4; label++)
            weights.Where((_, i) => labels[i] == label).Sum().Should().BeApproximately(25, 1e-4f);
    }

    [Fact]
    public void Batches_carry_the_weights()
    {
        foreach (Batch<float> batch in new Batches<float>(Data.WithClassWeights(10, 20, 0.25), 3, seed: 1).Epoch(0))
            batch.SampleWeights.ToArray().Should().Equal(batch.Indices.ToArray().Select(index => new[] { 10, 0.5f, 40, 10 }[index]));
    }

    [Fact]
    public void Wrong_arguments_are_told_in_words()
    {
        Wrong(() => ClassWeights.Balanced([0, 2, 2], classes: 3), "A class without samples cannot be balanced; class 1 of 3 has none among 3 labels.*");
        Wrong(() => ClassWeights.Balanced([0, 3], classes: 3), "Labels must be from 0 to 2; got 3 at index 1.*");
        Wrong(() => ClassWeights.Balanced([0], classes: 1), "classes must be at least 2; got 1.*");
        Wrong(() => Data.WithClassWeights(1, 2), "ArrayDataset(4 of 1 -> 3) expects 3 class weights, one for each class, got 2.*");
        Wrong(() => Data.WithClassWeights(1, -2, 1), "weights must be finite and at least 0; got -2 at index 1.*");
        Wrong(() => Data.WithClassWeights(0, 0, 0), "weights must not all be 0.*");
        Wrong(() => new ArrayDataset<float>(1, [1], 1, [1]).WithClassWeights(1, 1), "Weighting classes needs labels, and ArrayDataset(1 of 1 -> 1) has none.*");

        static void Wrong(Func<object> action, string message) => action.Should().Throw<ArgumentException>().WithMessage(message);
    }

    private static float[] Weights(IDataset<float> set)
    {
        var weights = new float[set.Count];
        set.CopyWeights([.. Enumerable.Range(0, set.Count)], weights);
        return weights;
    }
}
