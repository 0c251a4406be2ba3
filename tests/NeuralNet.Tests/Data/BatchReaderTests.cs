using System.Diagnostics;
using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Batches that take long are read ahead, on another thread, and are the same batches.</summary>
public class BatchReaderTests
{
    private const int Samples = 50, BatchSize = 4;

    [Fact]
    public void Batches_that_take_long_are_the_same_in_every_epoch()
    {
        var batches = new Batches<double>(new Slow(microseconds: 500), BatchSize, seed: 3);
        for (int epoch = 0; epoch < 5; epoch++)
            Walk(batches.Epoch(epoch)).Should().Equal(Walk(new Batches<double>(new Slow(microseconds: 0), BatchSize, seed: 3).Epoch(epoch)));
    }

    // After some that tell how long a batch takes, the next one is read by a thread of the pool, however long the pool takes to find one.
    [Fact]
    public void The_next_batch_is_read_on_another_thread_while_this_one_is_used()
    {
        var slow = new Slow(microseconds: 500);
        BatchEnumerator<double> pass = new Batches<double>(slow, BatchSize, seed: 3).InOrder();
        for (int batch = 0; batch < 8; batch++)
            pass.MoveNext().Should().BeTrue();

        SpinWait.SpinUntil(() => slow.ThreadCount == 2, TimeSpan.FromSeconds(30)).Should().BeTrue();
    }

    [Fact]
    public void A_batch_stays_as_it_is_while_the_next_is_read()
    {
        foreach (Batch<double> batch in new Batches<double>(new Slow(microseconds: 300), BatchSize, seed: 3).Epoch(0))
        {
            double[] before = batch.Features.ToColumnMajorArray();
            SpinFor(microseconds: 600);
            batch.Features.ToColumnMajorArray().Should().Equal(before).And.Equal(batch.Indices.ToArray().Select(index => (double)index));
        }
    }

    [Fact]
    public void A_pass_that_is_left_early_disturbs_no_other()
    {
        var batches = new Batches<double>(new Slow(microseconds: 300), BatchSize, seed: 3);
        for (int stop = 1; stop < 12; stop++)
        {
            foreach (Batch<double> batch in batches.Epoch(stop))
            {
                if (batch.Number == stop)
                    break;
            }

            Walk(batches.InOrder()).Should().Equal(Enumerable.Range(0, Samples).Select(index => (double)index));
        }
    }

    // A pass is a value: its copy begins where it stands, with its own batch, whatever was read ahead for the other.
    [Fact]
    public void A_pass_that_is_walked_twice_gives_the_same_batches_twice()
    {
        BatchEnumerator<double> pass = new Batches<double>(new Slow(microseconds: 300), BatchSize, seed: 3).InOrder();
        foreach (Batch<double> batch in pass)
        {
            if (batch.Number == 10)
                break;
        }

        Walk(pass).Should().Equal(Enumerable.Range(0, Samples).Select(index => (double)index));
    }

    [Fact]
    public void An_error_comes_with_the_batch_that_it_belongs_to()
    {
        var batches = new Batches<double>(new Slow(microseconds: 300) { FailsAt = 41 }, BatchSize, seed: 3);
        List<int> read = [];
        Action walk = () =>
        {
            foreach (Batch<double> batch in batches.InOrder())
                read.Add(batch.Number);
        };

        walk.Should().Throw<InvalidDataException>().WithMessage("Sample 41 is unreadable.");
        read.Should().Equal(Enumerable.Range(0, 10));
        walk.Should().Throw<InvalidDataException>("the next pass fails likewise");
    }

    // Trainings of a search run on the threads of the pool: none may wait for a thread of the pool to read its batch.
    [Fact]
    public async Task A_pool_whose_threads_are_all_busy_does_not_hold_up_a_batch()
    {
        int busy = 0, threads = (4 * Environment.ProcessorCount) + 8;
        using var release = new ManualResetEventSlim();
        Task[] blockers = [.. Enumerable.Range(0, threads).Select(_ => Task.Run(() =>
        {
            Interlocked.Increment(ref busy);
            release.Wait();
        }))];
        var clock = Stopwatch.StartNew();
        Walk(new Batches<double>(new Slow(microseconds: 200), BatchSize, seed: 3).Epoch(0)).Should().HaveCount(Samples);
        bool poolWasBusy = Volatile.Read(ref busy) < threads;
        release.Set();
        await Task.WhenAll(blockers);

        // Not a speed: a batch that waited for the pool to grow would take half a second, 13 batches more than six.
        if (poolWasBusy)
            clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
    }

    // Images are read in parts by workers that wait: into a second matrix, while the first is used.
    [Fact]
    public void Images_that_waiting_workers_read_are_the_same_images()
    {
        using ThreadLimit.Scope limit = ThreadLimit.Enter(2);
        foreach (IDataset<float> images in (IDataset<float>[])[Images(), new Subset<float>(Images(), [.. Enumerable.Range(0, 300).Select(i => (i * 7) % 400)])])
        {
            var batches = new Batches<float>(images, batchSize: 24, seed: 3);
            Matrix<float>? before = null;
            int exchanged = 0;
            for (int epoch = 0; epoch < 4; epoch++)
            {
                foreach (Batch<float> batch in batches.Epoch(epoch))
                {
                    exchanged += ReferenceEquals(batch.Features, before) ? 0 : 1;
                    before = batch.Features;
                    float[] seen = batch.Features.ToColumnMajorArray();
                    SpinFor(microseconds: 500);
                    batch.Features.ToColumnMajorArray().Should().Equal(seen);

                    Matrix<float> features = Matrix<float>.Build.Dense(batch.Count, images.FeatureShape.Size), targets = Matrix<float>.Build.Dense(batch.Count, images.TargetShape.Size);
                    images.CopyBatch(batch.Indices, features, targets);
                    seen.Should().Equal(features.ToColumnMajorArray());
                    batch.Targets.Should().Be(targets);
                    if (epoch == 1 && batch.Number == 5)
                        break;
                }
            }

            exchanged.Should().BeGreaterThan(30);
        }
    }

    private static ImageDataset<float> Images()
    {
        var pixels = new byte[400 * 28 * 28];
        new CounterRandom(5).NextBytes(pixels);
        return new ImageDataset<float>(new Shape(1, 28, 28), pixels, [.. Enumerable.Range(0, 400).Select(i => i % 10)], classes: 10);
    }

    private static double[] Walk(BatchEnumerator<double> batches)
    {
        List<double> seen = [];
        foreach (Batch<double> batch in batches)
            seen.AddRange(batch.Features.ToColumnMajorArray());
        return [.. seen];
    }

    private static void SpinFor(double microseconds)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalMicroseconds < microseconds)
            Thread.SpinWait(10);
    }

    /// <summary>Sample i is the number i, and takes its time.</summary>
    private sealed class Slow(double microseconds) : IDataset<double>
    {
        private readonly HashSet<int> threads = [];

        public int ThreadCount
        {
            get
            {
                lock (threads)
                    return threads.Count;
            }
        }

        public int FailsAt { get; init; } = -1;

        public int Count => Samples;

        public Shape FeatureShape { get; } = 1;

        public Shape TargetShape { get; } = 1;

        public void CopyBatch(ReadOnlySpan<int> indices, Matrix<double> features, Matrix<double> targets)
        {
            lock (threads)
                threads.Add(Environment.CurrentManagedThreadId);
            for (int i = 0; i < indices.Length; i++)
            {
                if (indices[i] == FailsAt)
                    throw new InvalidDataException($"Sample {FailsAt} is unreadable.");
                features[i, 0] = indices[i];
            }

            SpinFor(microseconds);
        }
    }
}
