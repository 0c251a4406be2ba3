using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Work that waiting workers help with: every unit is done, and once, whoever does it.</summary>
[Collection(RunsAlone.Name)]
public class IdleWorkTests
{
    [Fact]
    public void Every_unit_is_done_once_while_regions_come_and_go()
    {
        var work = new Counting();
        for (int round = 0; round < 2000; round++)
        {
            int count = round % 40;
            work.Begin(count);
            RegionOnThreeThreads();
            work.End();
            work.Times.Take(count).Should().NotContain(times => times != 1, "{0} units were offered", count);
            work.Times.Skip(count).Should().OnlyContain(times => times == 0);
        }
    }

    [Fact]
    public void A_worker_that_waits_does_units_that_nobody_asks_for()
    {
        var work = new Counting();
        bool Helped()
        {
            work.Begin(Counting.MostUnits);
            RegionOnThreeThreads();
            return SpinWait.SpinUntil(() => work.Times.All(times => times == 1), TimeSpan.FromMilliseconds(1));
        }

        SpinWait.SpinUntil(Helped, TimeSpan.FromSeconds(30)).Should().BeTrue();
        work.End();
    }

    [Fact]
    public void What_is_withdrawn_is_done_no_further()
    {
        var work = new Counting();
        for (int round = 0; round < 2000; round++)
        {
            work.Begin(Counting.MostUnits);
            RegionOnThreeThreads();
            work.GiveUp();
            int[] before = [.. work.Times];
            RegionOnThreeThreads();
            work.Times.Should().Equal(before).And.OnlyContain(times => times <= 1);
        }
    }

    [Fact]
    public void What_a_unit_throws_reaches_whoever_wants_the_work_and_the_next_offer_knows_nothing_of_it()
    {
        var work = new Counting { FailsAt = 3 };
        for (int round = 0; round < 200; round++)
        {
            work.Begin(10);
            RegionOnThreeThreads();
            work.Invoking(failing => failing.End()).Should().Throw<InvalidDataException>().WithMessage("unit 3");
            work.Times.Take(10).Should().OnlyContain(times => times == 1);

            work.Begin(3);
            work.Invoking(whole => whole.End()).Should().NotThrow();
        }
    }

    [Fact]
    public void Two_that_offer_at_once_both_have_their_units_done()
    {
        var (first, second) = (new Counting(), new Counting());
        for (int round = 0; round < 2000; round++)
        {
            first.Begin(20);
            second.Begin(30);
            RegionOnThreeThreads();
            first.End();
            second.End();
            first.Times.Take(20).Concat(second.Times.Take(30)).Should().OnlyContain(times => times == 1);
        }
    }

    // After it two workers look for work.
    private static unsafe void RegionOnThreeThreads() => WorkerPool.Run(threads: 3, 3, &Nothing, null);

    private static unsafe void Nothing(void* context, int unit)
    {
    }

    /// <summary>Counts how often each unit was done.</summary>
    private sealed class Counting : IdleWork
    {
        public const int MostUnits = 40;

        public int[] Times { get; } = new int[MostUnits];

        public int FailsAt { get; init; } = -1;

        public void Begin(int count)
        {
            Array.Clear(Times);
            Offer(count);
        }

        public void End() => Complete();

        public void GiveUp() => Withdraw();

        protected override void Do(int unit)
        {
            Interlocked.Increment(ref Times[unit]);
            if (unit == FailsAt)
                throw new InvalidDataException($"unit {unit}");
        }
    }
}
