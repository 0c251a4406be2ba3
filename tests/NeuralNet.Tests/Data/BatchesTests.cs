namespace NeuralNet.Tests;

public class BatchesTests
{
    // Sample i is the number i, its target 10·i.
    private static readonly ArrayDataset<double> Seven = new(1, [0, 1, 2, 3, 4, 5, 6], 1, [0, 10, 20, 30, 40, 50, 60]);

    [Fact]
    public void An_epoch_has_every_sample_once_and_keeps_the_last_partial_batch()
    {
        var batches = new Batches<double>(Seven, batchSize: 3, seed: 5);
        List<int> numbers = [], counts = [], seen = [];
        foreach (Batch<double> batch in batches.Epoch(3))
        {
            numbers.Add(batch.Number);
            counts.Add(batch.Count);
            seen.AddRange(batch.Indices);
            batch.Features.ToColumnMajorArray().Should().Equal(batch.Indices.ToArray().Select(index => (double)index));
            batch.Targets.ToColumnMajorArray().Should().Equal(batch.Indices.ToArray().Select(index => 10.0 * index));
            batch.SampleWeights.IsEmpty.Should().BeTrue();
        }

        batches.BatchesPerEpoch.Should().Be(3);
        numbers.Should().Equal(0, 1, 2);
        counts.Should().Equal(3, 3, 1);

        // The permutation of seven by the generator of key 5 split for "epoch 3", by an independent program in Python.
        seen.Should().Equal(6, 5, 1, 0, 2, 4, 3);
    }

    [Fact]
    public void The_order_is_a_function_of_seed_and_epoch_alone()
    {
        var batches = new Batches<double>(Seven, 2, seed: 5);
        int[] third = Order(batches.Epoch(3));

        Order(batches.Epoch(4)).Should().NotEqual(third);
        Order(batches.Epoch(3)).Should().Equal(third);
        Order(new Batches<double>(Seven, 3, seed: 5).Epoch(3)).Should().Equal(third);
        Order(new Batches<double>(Seven, 2, seed: 6).Epoch(3)).Should().NotEqual(third);
        Order(batches.Epoch(3, firstBatch: 2)).Should().Equal(third[4..]);
        Order(batches.Epoch(3, firstBatch: 4)).Should().BeEmpty();
        batches.Seed.Should().Be(5);
        new Batches<double>(Seven, 2).Seed.Should().NotBe(new Batches<double>(Seven, 2).Seed);
    }

    [Fact]
    public void In_order_is_the_order_of_the_data_set()
    {
        var batches = new Batches<double>(Seven, 100, seed: 5);
        Order(batches.Epoch(0));

        Order(batches.InOrder()).Should().Equal(0, 1, 2, 3, 4, 5, 6);
        batches.BatchesPerEpoch.Should().Be(1);
        batches.ToString().Should().Be("Batches(1 of 100: ArrayDataset(7 of 1 -> 1))");
    }

    [Fact]
    public void Weights_come_with_their_samples()
    {
        var weighted = new ArrayDataset<double>(1, [0, 1, 2], [0, 1, 0], classes: 2, [5, 6, 7]);
        foreach (Batch<double> batch in new Batches<double>(weighted, 2, seed: 1).Epoch(0))
            batch.SampleWeights.ToArray().Should().Equal(batch.Indices.ToArray().Select(index => 5.0 + index));
    }

    [Fact]
    public void A_second_pass_ends_the_first_in_words()
    {
        var batches = new Batches<double>(Seven, 3, seed: 5);
        BatchEnumerator<double> first = batches.Epoch(0);
        first.MoveNext().Should().BeTrue();
        batches.InOrder();

        FluentActions.Invoking(() => first.MoveNext()).Should().Throw<InvalidOperationException>().WithMessage("Batches(3 of 3: *this pass ended when another one began*");
    }

    [Fact]
    public void A_steady_epoch_allocates_nothing_per_batch()
    {
        var weighted = new ArrayDataset<float>(3, new float[303], new int[101], classes: 2, [.. Enumerable.Repeat(1f, 101)]);
        var batches = new Batches<float>(weighted, 4, seed: 1);
        Walk(batches.Epoch(0));
        BatchEnumerator<float> epoch = batches.Epoch(1);

        long before = GC.GetAllocatedBytesForCurrentThread();
        int count = Walk(epoch);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
        count.Should().Be(101);

        static int Walk(BatchEnumerator<float> batches)
        {
            int count = 0;
            foreach (Batch<float> batch in batches)
                count += batch.Count;
            return count;
        }
    }

    [Fact]
    public void Wrong_arguments_are_told_in_words()
    {
        var batches = new Batches<double>(Seven, 3, seed: 5);

        FluentActions.Invoking(() => new Batches<double>(Seven, 0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("batchSize must be at least 1; got 0.*");
        FluentActions.Invoking(() => batches.Epoch(-1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("epoch must be at least 0; got -1.*");
        FluentActions.Invoking(() => batches.Epoch(0, 4)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("firstBatch must be from 0 to 3; got 4.*");
    }

    private static int[] Order(BatchEnumerator<double> batches)
    {
        List<int> order = [];
        foreach (Batch<double> batch in batches)
            order.AddRange(batch.Indices);
        return [.. order];
    }
}
