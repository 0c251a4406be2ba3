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

    // How often each unit was done.
    private static unsafe int[] Region(int threads, int count)
    {
        var times = new int[count];
        fixed (int* context = times)
            WorkerPool.Run(threads, count, &Unit, context);
        return times;
    }

    private static unsafe void Unit(void* context, int unit) => Interlocked.Increment(ref ((int*)context)[unit]);

    private static unsafe void OuterUnit(void* context, int unit) => WorkerPool.Run(threads: 4, MostUnits / 10, &Unit, (int*)context + (unit * MostUnits / 10));
}
