using System.Diagnostics;

namespace NeuralNet.Kernels;

/// <summary>Threads that help with one parallel region at a time. A region costs about a microsecond to start and allocates nothing.</summary>
/// <remarks>
/// A region is a number of independent units; the caller and the workers each take the next one until none is left, and the caller returns when the last is done.
/// Who computes a unit depends on chance, what is computed does not. Where another region is running, the caller does all units itself, with the same result.
/// A worker without work looks for some for <see cref="SpinMicroseconds"/> and then sleeps; a region does not wait for one that is slow to wake.
/// </remarks>
internal static unsafe class WorkerPool
{
    /// <summary>How long an idle worker keeps its processor busy before it sleeps: longer than the serial parts between two regions of a training step.</summary>
    private const int SpinMicroseconds = 200;

    // A ticket holds the next unit and the number of units, so that one atomic addition both takes a unit and tells whether there was one to take.
    private const int UnitBits = 24;
    private const long UnitMask = (1L << UnitBits) - 1;

    private static readonly Lock Growing = new();
    private static readonly long SpinTicks = Stopwatch.Frequency * SpinMicroseconds / 1_000_000;
    private static Worker[] workers = [];
    private static int isRunning;

    // The running region. Whoever holds a unit that is not done keeps the region alive, and with it these.
    private static delegate*<void*, int, void> body;
    private static void* context;
    private static int helpers;
    private static long ticket;
    private static int done;

    /// <summary>Runs <paramref name="unit"/> for each number from 0 to <paramref name="count"/> - 1 on up to <paramref name="threads"/> threads.</summary>
    public static void Run(int threads, int count, delegate*<void*, int, void> unit, void* argument)
    {
        int wanted = Math.Min(threads, count) - 1;
        if (wanted < 1 || count > UnitMask || Interlocked.CompareExchange(ref isRunning, 1, 0) != 0)
        {
            for (int i = 0; i < count; i++)
                unit(argument, i);
            return;
        }

        Worker[] available = workers.Length >= wanted ? workers : Grow(wanted);
        body = unit;
        context = argument;
        helpers = wanted;
        done = 0;
        Interlocked.Exchange(ref ticket, (long)count << UnitBits);
        for (int i = 0; i < wanted; i++)
            available[i].Wake();

        TakeUnits();
        var wait = default(SpinWait);
        while (Volatile.Read(ref done) < count)
            wait.SpinOnce(sleep1Threshold: -1);
        Volatile.Write(ref isRunning, 0);
    }

    private static bool HasUnits => IsUnit(Volatile.Read(ref ticket) + 1);

    // A ticket as it is after taking: unit + 1 in the lower bits, the number of units above.
    private static bool IsUnit(long taken) => (taken & UnitMask) <= taken >> UnitBits;

    private static void TakeUnits()
    {
        while (HasUnits)
        {
            long taken = Interlocked.Increment(ref ticket);
            if (!IsUnit(taken))
                return;
            body(context, (int)(taken & UnitMask) - 1);
            Interlocked.Increment(ref done);
        }
    }

    private static Worker[] Grow(int count)
    {
        lock (Growing)
        {
            var grown = new Worker[count];
            workers.CopyTo(grown, 0);
            for (int i = workers.Length; i < count; i++)
                grown[i] = new Worker(i);
            return workers = grown;
        }
    }

    private sealed class Worker
    {
        private readonly object gate = new();
        private readonly int index;
        private int isAsleep;

        public Worker(int index)
        {
            this.index = index;
            new Thread(Work) { IsBackground = true, Name = "NeuralNet worker" }.Start();
        }

        private bool IsWanted => HasUnits && index < Volatile.Read(ref helpers);

        /// <summary>Ends the worker's sleep, if it sleeps.</summary>
        public void Wake()
        {
            if (Volatile.Read(ref isAsleep) == 0)
                return;
            lock (gate)
                Monitor.Pulse(gate);
        }

        private void Work()
        {
            while (true)
            {
                WaitForUnits();
                TakeUnits();
            }
        }

        private void WaitForUnits()
        {
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetTimestamp() - start < SpinTicks;)
            {
                if (IsWanted)
                    return;
                Thread.SpinWait(5);
            }

            lock (gate)
            {
                // Says first that it sleeps and looks then, while a caller publishes its region first and looks then: one of them sees the other.
                Interlocked.Exchange(ref isAsleep, 1);
                while (!IsWanted)
                    Monitor.Wait(gate);
                isAsleep = 0;
            }
        }
    }
}
