using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace NeuralNet.Kernels;

/// <summary>Threads that help with one parallel region at a time. A region costs about half a microsecond and allocates nothing.</summary>
/// <remarks>
/// A region is a number of independent units. Each thread has a share of them, the same share in every region of as many units and threads, so that what it works on
/// stays in its processor's cache; when it is done and others are not, it takes what is left of their shares. The caller returns when the last unit is done.
/// Who computes a unit depends on chance, what is computed does not. Where another region is running, the caller does all units itself, with the same result.
/// Nothing that a caller waits with can be interrupted: workers are in its memory until they are done.
/// A worker without work looks for some for <see cref="SpinMicroseconds"/> and then sleeps; a region does not wait for one that is slow to come. Whoever waits helps with <see cref="IdleWork"/>.
/// </remarks>
internal static unsafe class WorkerPool
{
    /// <summary>How long an idle worker keeps its processor busy before it sleeps: longer than the serial parts between two regions of a training step.</summary>
    private const int SpinMicroseconds = 200;

    /// <summary>How often a thread that has done its share looks on before it looks into others' shares, which disturbs them; and a caller before it offers its processor to others.</summary>
    private const int FewSpins = 10, BriefSpins = 1000;

    /// <summary>How often a worker looks for units between two looks at the clock.</summary>
    private const int LooksPerClock = 16;

    /// <summary>The most threads, as many as MathNet lets one ask for.</summary>
    public const int MostThreads = 1024;

    private static readonly long SpinTicks = Stopwatch.Frequency * SpinMicroseconds / 1_000_000;

    // The caller's share, and each worker's.
    private static readonly RegionShare* Shares = RegionShare.Allocate(MostThreads);
    private static Worker[] workers = [];
    private static int mostWorkers = MostThreads - 1;
    private static int isRunning;

    // What a unit of the running region threw first.
    private static ExceptionDispatchInfo? failure;

    // Units of all regions so far, and how many of them each thread had done when the running region began.
    private static long begun;
    private static long[] doneBefore = [];

    /// <summary>Runs <paramref name="unit"/> for each number from 0 to <paramref name="count"/> - 1 on up to <paramref name="threads"/> threads, and throws what one of them threw when all are done.</summary>
    /// <param name="threads">The most threads.</param>
    /// <param name="count">How many units there are.</param>
    /// <param name="unit">Does one.</param>
    /// <param name="argument">What it is called with.</param>
    /// <param name="tells">Whether <see cref="ThreadShares"/> learns which threads are done first: each has one unit, and <see cref="ThreadShares.Tells"/> says so.</param>
    public static void Run(int threads, int count, delegate*<void*, int, void> unit, void* argument, bool tells = false)
    {
        threads = Math.Min(Math.Min(threads, count), MostThreads);
        if (threads < 2 || count > UnitShare.MostUnits || Interlocked.CompareExchange(ref isRunning, 1, 0) != 0)
        {
            RunHere(count, unit, argument);
            return;
        }

        try
        {
            RunOnThreads(threads, count, unit, argument, tells);
        }
        finally
        {
            Volatile.Write(ref isRunning, 0);
        }
    }

    private static void RunHere(int count, delegate*<void*, int, void> unit, void* argument)
    {
        ExceptionDispatchInfo? failed = null;
        for (int i = 0; i < count; i++)
        {
            try
            {
                unit(argument, i);
            }
            catch (Exception e)
            {
                failed ??= ExceptionDispatchInfo.Capture(e);
            }
        }

        failed?.Throw();
    }

    private static void RunOnThreads(int threads, int count, delegate*<void*, int, void> unit, void* argument, bool tells)
    {
        if (workers.Length < threads - 1)
            threads = Grow(threads - 1) + 1;
        tells &= threads == count;
        begun += count;
        int processor = Thread.GetCurrentProcessorId();

        // The caller's own last: it is near.
        for (int i = threads - 1; i >= 0; i--)
        {
            ref RegionShare share = ref Shares[i];
            share.Body = unit;
            share.Context = argument;
            share.CallerProcessor = processor;
            doneBefore[i] = share.Done;
            share.Units.Fill(EvenParts.Start(i, threads, count), EvenParts.Start(i + 1, threads, count));
        }

        // A worker says first that it sleeps and looks for units then: here it is the other way around, so that one of the two sees the other.
        Interlocked.MemoryBarrier();
        for (int i = 1; i < threads; i++)
            workers[i - 1].Wake();

        Shares[0].DoUnits(ref Shares[0], ref failure);
        for (int i = 1; tells && i < threads; i++)
            ThreadShares.Learn(i, wasFirst: Volatile.Read(ref Shares[i].Done) > doneBefore[i]);

        // Without SpinWait, which sleeps: an interruption would end that.
        for (int spins = 0; !AllAreDone(); spins++)
        {
            if (spins == FewSpins)
                DoUnitsOfOthers(0);
            if (spins >= FewSpins && IdleWork.TryHelp())
                continue;
            if (spins < BriefSpins)
                Thread.SpinWait(1);
            else
                Thread.Yield();
        }

        if (failure is { } failed)
        {
            failure = null;
            failed.Throw();
        }
    }

    private static bool AllAreDone()
    {
        long done = 0;
        for (int i = 0; i <= workers.Length; i++)
            done += Volatile.Read(ref Shares[i].Done);
        return done == begun;
    }

    private static void DoUnitsOfOthers(int thread)
    {
        int count = workers.Length + 1;
        for (int i = 1; i < count; i++)
            Shares[thread].DoUnits(ref Shares[(thread + i) % count], ref failure);
    }

    // Called by whoever runs a region, so by one at a time. Where the system refuses another thread, those that have started suffice.
    private static int Grow(int count)
    {
        count = Math.Min(count, mostWorkers);
        Array.Resize(ref doneBefore, Math.Max(count, workers.Length) + 1);
        try
        {
            while (workers.Length < count)
                workers = [.. workers, new Worker(workers.Length + 1)];
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            mostWorkers = workers.Length;
        }

        return Math.Min(count, workers.Length);
    }

    private sealed class Worker
    {
        private readonly object gate = new();
        private readonly int index;
        private int isAsleep;

        public Worker(int index)
        {
            this.index = index;

            // Without the caller's execution context, which would be kept alive as long as the process.
            new Thread(Work) { IsBackground = true, Name = "NeuralNet worker" }.UnsafeStart();
        }

        private bool IsWanted => Shares[index].Units.HasUnits;

        /// <summary>Ends the worker's sleep, if it sleeps.</summary>
        public void Wake()
        {
            if (Volatile.Read(ref isAsleep) == 0)
                return;
            Uninterrupted.Enter(gate);
            Monitor.Pulse(gate);
            Monitor.Exit(gate);
        }

        private void Work()
        {
            while (true)
            {
                WaitForUnits();
                Shares[index].DoUnits(ref Shares[index], ref failure);
                for (int spins = 0; spins < FewSpins && !IsWanted; spins++)
                    Thread.SpinWait(1);
                if (!IsWanted)
                    DoUnitsOfOthers(index);
            }
        }

        // Looks for units and then sleeps. One that is woken looks again, even if the others have done without it meanwhile: else it would come too late to each short region, and sleep on.
        private void WaitForUnits()
        {
            while (!Look())
            {
                lock (gate)
                {
                    // Says first that it sleeps and looks then; a caller, the other way around.
                    Interlocked.Exchange(ref isAsleep, 1);
                    if (!IsWanted)
                        Monitor.Wait(gate);
                    isAsleep = 0;
                }
            }
        }

        private bool Look()
        {
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetTimestamp() - start < SpinTicks;)
            {
                for (int i = 0; i < LooksPerClock; i++)
                {
                    if (IsWanted)
                        return true;
                    if (!IdleWork.TryHelp())
                        Thread.SpinWait(1);
                }

                // On the caller's own processor, where the system puts it while others are busy, looking for work would only take the caller's time.
                if (Thread.GetCurrentProcessorId() == Shares[index].CallerProcessor)
                    Thread.Yield();
            }

            return false;
        }
    }
}
