using NeuralNet.Kernels;

namespace NeuralNet.Tests;

public class AugmentedDatasetTests
{
    private const int Count = 200;

    private static readonly Shape Images = new(1, 4, 5);
    private static readonly ArrayDataset<float> Data = new(Images, [.. Enumerable.Range(0, Count * 20).Select(i => (float)i)], new int[Count], classes: 2);

    [Fact]
    public void A_sample_is_changed_by_draws_of_seed_epoch_index_and_place_in_the_list()
    {
        IImageAugmentation[] list = [new RandomAffine(degrees: 20, shift: 1), new RandomNoise(0.5), new RandomFlip()];
        float[] found = Sample(new AugmentedDataset<float>(Data, list, seed: 5).ForEpoch(7), 42);

        float[] image = [.. Enumerable.Range(42 * 20, 20).Select(i => (float)i)], changed = new float[20];
        ulong key = new CounterRandom(5).Split("AugmentedDataset").Split("epoch 7").Key;
        for (int i = 0; i < list.Length; i++, image = [.. changed])
            list[i].Apply<float>(image, changed, Images, new CounterRandom(Philox.Block(key, stream: (ulong)i + 1, block: 42).First));
        found.Should().Equal(changed);
    }

    [Fact]
    public void Seed_epoch_index_and_place_each_give_other_draws()
    {
        var same = new ArrayDataset<float>(Images, [.. Enumerable.Repeat(1f, 40)], new int[2], classes: 2);
        float[][] samples =
        [
            Sample(Noisy(1).ForEpoch(0), 0), Sample(Noisy(2).ForEpoch(0), 0), Sample(Noisy(1).ForEpoch(1), 0), Sample(Noisy(1).ForEpoch(0), 1),
            Sample(new AugmentedDataset<float>(same, [new RandomFlip(), new RandomNoise(1)], 1).ForEpoch(0), 0),
        ];
        samples.Select(sample => string.Join(' ', sample)).Distinct().Should().HaveCount(samples.Length);

        AugmentedDataset<float> Noisy(long seed) => new(same, [new RandomNoise(1)], seed);
    }

    [Fact]
    public void Draws_cover_their_range_evenly()
    {
        // Where the pixel of value 1 goes: 25 places, 200 samples in 25 epochs, 200 in each place; five standard deviations are 5·√(200·24/25) = 69.
        var centre = new float[Count * 25];
        for (int i = 0; i < Count; i++)
            centre[(i * 25) + 12] = 1;
        var set = new AugmentedDataset<float>(new ArrayDataset<float>(new Shape(1, 5, 5), centre, new int[Count], classes: 2), [new RandomShift(2)], seed: 3);
        Matrix<float> features = Matrix<float>.Build.Dense(Count, 25), targets = Matrix<float>.Build.Dense(Count, 2);
        Matrix<float> sum = Matrix<float>.Build.Dense(Count, 25);
        for (int epoch = 0; epoch < 25; epoch++)
        {
            set.ForEpoch(epoch).CopyBatch([.. Enumerable.Range(0, Count)], features, targets);
            sum += features;
        }

        sum.ColumnSums().Should().OnlyContain(times => Math.Abs(times - 200) < 69);
    }

    [Fact]
    public void Itself_it_gives_the_samples_as_they_are() => Sample(new AugmentedDataset<float>(Data, [new RandomNoise(1)], seed: 1), 3).Should().Equal(Sample(Data, 3));

    [Fact]
    public void An_epoch_of_an_epoch_is_that_of_the_set()
    {
        var set = new AugmentedDataset<float>(Data, [new RandomNoise(1)], seed: 1);
        Sample(set.ForEpoch(2).ForEpoch(5), 3).Should().Equal(Sample(set.ForEpoch(5), 3));
    }

    [Fact]
    public void Behind_balanced_sampling_every_draw_of_a_sample_is_another_image()
    {
        // One sample of class 1 fills half an epoch.
        var data = new ArrayDataset<float>(Images, [.. Enumerable.Range(0, 80).Select(i => (float)i)], [0, 0, 0, 1], classes: 2);
        IDataset<float> epoch = new AugmentedDataset<float>(new BalancedSampling<float>(data, seed: 1), [new RandomNoise(1)], seed: 1).ForEpoch(0);
        int[] drawn = [.. Enumerable.Range(0, 4).Where(i => epoch.Labels[i] == 1)];

        drawn.Should().HaveCount(2);
        Sample(epoch, drawn[0]).Should().NotEqual(Sample(epoch, drawn[1]));
    }

    [Fact]
    public void Wrong_arguments_are_told_in_words()
    {
        var set = new AugmentedDataset<float>(Data, [new RandomShift(1), new RandomFlip()], seed: 1);

        set.ToString().Should().Be("AugmentedDataset(ArrayDataset(200 of 1x4x5 -> 2): RandomShift, RandomFlip)");
        FluentActions.Invoking(() => new AugmentedDataset<float>(new ArrayDataset<float>(4, new float[8], 1, new float[2]), [], 1)).Should().Throw<ArgumentException>()
            .WithMessage("Augmentation expects images of shape (channels, height, width), and the samples of ArrayDataset(2 of 4 -> 1) have shape 4.*");
        FluentActions.Invoking(() => new AugmentedDataset<float>(Data, [null!], 1)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => set.ForEpoch(-1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("epoch must be at least 0; got -1.*");
    }

    private static float[] Sample(IDataset<float> set, int index)
    {
        Matrix<float> features = Matrix<float>.Build.Dense(1, set.FeatureShape.Size), targets = Matrix<float>.Build.Dense(1, set.TargetShape.Size);
        set.CopyBatch([index], features, targets);
        return features.ToRowMajorArray();
    }
}
