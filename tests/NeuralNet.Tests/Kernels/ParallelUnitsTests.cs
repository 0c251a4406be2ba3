using MathNet.Numerics;
using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Units of work that hold references and spans, and fail.</summary>
public class ParallelUnitsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Each_unit_is_done_once_by_threads_that_use_no_others(int threads)
    {
        int[] done = new int[1000], limits = new int[1000];
        for (int round = 1; round <= 50; round++)
        {
            ParallelUnits.Run(threads, done.Length, new Counting(done, limits));
            done.Should().AllBeEquivalentTo(round);
        }

        limits.Should().AllBeEquivalentTo(1);
        ThreadLimit.Current.Should().Be(Control.MaxDegreeOfParallelism);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void What_a_unit_throws_is_thrown_when_all_are_done(int threads)
    {
        int[] done = new int[100];
        Action run = () => ParallelUnits.Run(threads, done.Length, new Failing(done, failed: 63));
        run.Should().Throw<InvalidDataException>().WithMessage("unit 63");
        done.Should().AllBeEquivalentTo(1);
    }

    private readonly ref struct Counting(Span<int> done, int[] limits) : IUnitWork
    {
        private readonly Span<int> done = done;

        public void Do(int unit)
        {
            done[unit]++;
            limits[unit] = ThreadLimit.Current;
        }
    }

    private readonly struct Failing(int[] done, int failed) : IUnitWork
    {
        public void Do(int unit)
        {
            done[unit]++;
            if (unit == failed)
                throw new InvalidDataException($"unit {unit}");
        }
    }
}
