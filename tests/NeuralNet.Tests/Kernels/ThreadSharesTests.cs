using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Where work is cut among threads, and that it does not matter to what is computed.</summary>
[Collection(RunsAlone.Name)]
public sealed class ThreadSharesTests : IDisposable
{
    // Of a caller's share, the least, an equal one and the most.
    private const double Least = 0.25, Equal = 1, Most = 2;
    private const int Threads = 8, RegionsOfAChange = 16, ChangesOfACallers = 64;

    public void Dispose() => LetWorkersHave(Equal);

    [Theory]
    [InlineData(Equal, 1, new[] { 0, 50, 100 })]
    [InlineData(Equal, 2, new[] { 0, 25, 50, 75, 100 })]
    [InlineData(Least, 1, new[] { 0, 80, 100 })]
    [InlineData(Least, 2, new[] { 0, 40, 80, 90, 100 })]
    [InlineData(Most, 1, new[] { 0, 33, 100 })]
    public void A_length_is_cut_in_proportion_to_the_shares(double share, int unitsOfThread, int[] starts)
    {
        LetWorkersHave(share);
        Cut(100, 2, unitsOfThread).Should().Equal(starts);
    }

    [Fact]
    public void Units_follow_each_other_and_cover_any_length()
    {
        foreach (double share in new[] { Least, Equal, Most })
        {
            LetWorkersHave(share);
            for (int threads = 1; threads <= Threads; threads++)
            {
                for (int unitsOfThread = 1; unitsOfThread <= 8; unitsOfThread++)
                {
                    foreach (int length in new[] { 0, 1, 2, 7, 64, 1_000_003, int.MaxValue })
                    {
                        int[] starts = Cut(length, threads, unitsOfThread);
                        starts.Should().BeInAscendingOrder("{0} is cut into units of {1} threads", length, threads);
                        (starts[0], starts[^1]).Should().Be((0, length));
                    }
                }
            }
        }
    }

    [Fact]
    public void A_share_changes_when_sixteen_regions_more_say_one_thing_than_the_other()
    {
        LetWorkersHave(Equal);
        Tell(1, wasFirst: true, RegionsOfAChange - 1);
        Tell(1, wasFirst: false, RegionsOfAChange - 1);
        Tell(1, wasFirst: true, RegionsOfAChange - 1);
        PartOf(1).Should().Be(50_000);
        Tell(1, wasFirst: true, 1);
        PartOf(1).Should().Be(50_388, "of 129 parts a worker has 65");
        Tell(1, wasFirst: false, 2 * RegionsOfAChange);
        PartOf(1).Should().Be(49_606, "of 127 parts a worker has 63");
    }

    [Fact]
    public void Regions_that_are_short_or_cut_coarsely_tell_nothing()
    {
        ThreadShares.Tells(columns: 32, work: 3_000_000, threads: 2).Should().BeTrue();
        ThreadShares.Tells(columns: 31, work: 3_000_000, threads: 2).Should().BeFalse();
        ThreadShares.Tells(columns: 32, work: 2_999_999, threads: 2).Should().BeFalse();
    }

    [Theory]
    [InlineData(Least)]
    [InlineData(Most)]
    public void Shares_do_not_matter_to_the_bits(double share)
    {
        LetWorkersHave(share);
        foreach (int threads in new[] { 2, 3, Threads })
        {
            using ThreadLimit.Scope limit = ThreadLimit.Enter(threads);

            // Cut by columns; by rows, of which some threads get none; and by columns with a depth of two blocks.
            new ProductCase<float>(67, 71, 803).Check();
            new ProductCase<double>(2501, 71, 21).Check();
            new ProductCase<float>(131, 1500, 23).Check();
            new ProductCase<float>(70, 1030, 130).Check();
        }

        // On two threads and more, as these tests have it.
        new SweepTests().Every_place_is_done_and_nothing_beside(40_001, 40_002);
        new BackwardInTurnsTests().Two_threads_give_the_bits_of_one(17, 131, 2103);
    }

    [Fact]
    public void A_thread_whose_share_grows_allocates_nothing()
    {
        // What the runtime allocates when code runs for the first time counts too, as that of waiting for a slow worker may; so the second thread counts.
        BytesAsAShareGrows();
        BytesAsAShareGrows().Should().Be(0);
    }

    // On a thread of its own, which has no memory for products yet.
    private static long BytesAsAShareGrows()
    {
        // The columns are packed, which takes most memory, and a thread with more of them packs more.
        Matrix<double> dy = Make.Uniform<double>(300, 1100, seed: 1), weight = Make.Uniform<double>(700, 1100, seed: 2), dx = Matrix<double>.Build.Dense(300, 700);
        long allocated = 0;
        var caller = new Thread(() =>
        {
            using ThreadLimit.Scope limit = ThreadLimit.Enter(2);
            LetWorkersHave(Most);
            Gemm.MultiplyTranspose(dy.View(), weight.View(), dx.View());
            LetWorkersHave(Least);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Gemm.MultiplyTranspose(dy.View(), weight.View(), dx.View());
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        });
        caller.Start();
        caller.Join();
        return allocated;
    }

    private static unsafe int[] Cut(int length, int threads, int unitsOfThread)
    {
        int[] starts = new int[(threads * unitsOfThread) + 1];
        fixed (int* p = starts)
            ThreadShares.Cut(length, threads, unitsOfThread, p);
        return starts;
    }

    // Down to the least, whatever they had; up to the next change, whatever regions said before; and up from there.
    private static void LetWorkersHave(double share)
    {
        for (int thread = 1; thread < Threads; thread++)
        {
            Tell(thread, wasFirst: false, 2 * RegionsOfAChange * ChangesOfACallers);
            for (int least = PartOf(thread); PartOf(thread) == least;)
                Tell(thread, wasFirst: true, 1);
            int changes = (int)(ChangesOfACallers * (share - Least)) - 1;
            Tell(thread, wasFirst: changes > 0, RegionsOfAChange * Math.Abs(changes));
        }
    }

    private static int PartOf(int thread) => Cut(100_000, thread + 1, 1) is [.., int start, int end] ? end - start : 0;

    private static void Tell(int thread, bool wasFirst, int regions)
    {
        for (int i = 0; i < regions; i++)
            ThreadShares.Learn(thread, wasFirst);
    }
}
