using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Parallel regions: every unit is done, and once.</summary>
[Collection(RunsAlone.Name)]
public class WorkerPoolTests
{
    private const int MostUnits = 100;

    [Fact]
    public void Every_unit_is_done_once_on_any_number_of_threads()
    {
        for (int threads = 1; threads <= 8; threads++)
        {
            for (int count = 0; count <= MostUnits; count++)
                Region(threads, count).Should().NotContain(times => times != 1, "of {0} units on {1} threads each is done once", count, threads);
        }
    }

    [Fact]
    public unsafe void A_region_within_a_unit_is_done_too()
    {
        var times = new int[MostUnits];
        fixed (int* context = times)
            WorkerPool.Run(threads: 4, 10, &OuterUnit, context);

        times.Should().OnlyContain(count => count == 1);
    }

    [Fact]
    public async Task Callers_at_once_each_have_all_their_units_done()
    {
        Task<int>[] callers =
        [
            .. Enumerable.Range(1, 4).Select(caller => Task.Factory.StartNew(
                () => Enumerable.Range(0, 2000).Count(region => Region(threads: 3, MostUnits - (region % 7)).All(times => times == 1)), TaskCreationOptions.LongRunning)),
        ];

        (await Task.WhenAll(callers)).Should().OnlyContain(regions => regions == 2000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public unsafe void What_a_unit_throws_is_thrown_when_all_are_done_and_threads_go_on_to_help(int threads)
    {
        for (int round = 0; round < 20; round++)
        {
            var times = new int[MostUnits];
            Action run = () =>
            {
                fixed (int* context = times)
                    WorkerPool.Run(threads, MostUnits, &FailingUnit, context);
            };
            run.Should().Throw<InvalidDataException>().WithMessage("a unit failed");
            times.Should().OnlyContain(count => count == 1);
        }

        int met = 0;
        WorkerPool.Run(2, 2, &Meet, &met);
        met.Should().Be(2, "two units at once see each other");
    }

    [Fact]
    public void The_most_units_are_done_once_too()
    {
        int[] times = Region(threads: 8, UnitShare.MostUnits);
        times.AsSpan().IndexOfAnyExcept(1).Should().Be(-1);
    }

    // How often each unit was done.
    private static unsafe int[] Region(int threads, int count)
    {
        var times = new int[count];
        fixed (int* context = times)
            WorkerPool.Run(threads, count, &Unit, context);
        return times;
    }

    // Workers are in the caller's memory: one that leaves before they are done would hang the next region, or worse.
    [Fact]
    public unsafe void A_caller_that_is_interrupted_returns_when_all_units_are_done()
    {
        const int Regions = 1000, Units = 64;
        bool isDone = false;
        int lost = 0;
        var caller = new Thread(() =>
        {
            int* done = stackalloc int[Units];
            for (int region = 0; region < Regions; region++)
            {
                new Span<int>(done, Units).Clear();
                try
                {
                    WorkerPool.Run(threads: 4, Units, &SlowUnit, done);
                }
                catch (ThreadInterruptedException)
                {
                }

                lost += Units - new Span<int>(done, Units).Count(1);
            }

            Volatile.Write(ref isDone, true);
        });
        caller.IsBackground = true;
        caller.Start();
        for (int i = 0; i < 60_000 && !Volatile.Read(ref isDone); i++)
        {
            caller.Interrupt();
            Thread.Sleep(1);
        }

        isDone.Should().BeTrue("no region waits for ever");
        lost.Should().Be(0);
    }

    private static unsafe void SlowUnit(void* context, int unit)
    {
        Thread.SpinWait(200);
        Interlocked.Increment(ref ((int*)context)[unit]);
    }

    private static unsafe void Unit(void* context, int unit) => Interlocked.Increment(ref ((int*)context)[unit]);

    private static unsafe void FailingUnit(void* context, int unit)
    {
        Unit(context, unit);
        if (unit % 30 == 29)
            throw new InvalidDataException("a unit failed");
    }

    // Waits for the other, which only another thread can do meanwhile.
    private static unsafe void Meet(void* context, int unit)
    {
        Interlocked.Increment(ref *(int*)context);
        SpinWait.SpinUntil(() => Volatile.Read(ref *(int*)context) == 2, TimeSpan.FromSeconds(10)).Should().BeTrue();
    }

    private static unsafe void OuterUnit(void* context, int unit) => WorkerPool.Run(threads: 4, MostUnits / 10, &Unit, (int*)context + (unit * MostUnits / 10));
}
