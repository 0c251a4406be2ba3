using System.Runtime.ExceptionServices;

namespace NeuralNet.Kernels;

/// <summary>Work that is wanted later, in independent units that are short: threads in and around regions of <see cref="WorkerPool"/> do them while they would only wait, and whoever wants it does the rest.</summary>
/// <remarks>They take one unit after another and look before each whether they are wanted, so that a unit delays a region by no more than its own length.</remarks>
internal abstract class IdleWork
{
    // What workers help with: the latest that was offered. An earlier one is left to whoever wants it.
    private static IdleWork? offered;

    private UnitShare units;
    private int count;
    private int done;
    private ExceptionDispatchInfo? failure;

    /// <summary>Does a unit of what is offered, if there is one.</summary>
    /// <returns>Whether there was.</returns>
    public static bool TryHelp()
    {
        if (Volatile.Read(ref offered) is not { } work)
            return false;
        if (work.TryTakeUnit())
            return true;

        // Nothing that is used up is kept alive. If it is offered anew just now, its owner does it alone.
        Interlocked.CompareExchange(ref offered, null, work);
        return false;
    }

    /// <summary>Does one unit, on any thread.</summary>
    protected abstract void Do(int unit);

    /// <summary>Lets workers do the units from 0 to <paramref name="count"/> - 1; until the work has ended, what they read and write is theirs.</summary>
    protected void Offer(int count)
    {
        (this.count, done, failure) = (count, 0, null);
        units.Fill(0, count);
        Volatile.Write(ref offered, this);
    }

    /// <summary>Does the units that nobody has begun, waits for the others, and throws what a unit threw.</summary>
    protected void Complete()
    {
        while (TryTakeUnit())
        {
        }

        Wait();
        failure?.Throw();
    }

    /// <summary>Lets the units be that nobody has begun, and waits for the others.</summary>
    protected void Withdraw()
    {
        while (units.TryTake(out _))
            Interlocked.Increment(ref done);
        Wait();
    }

    private bool TryTakeUnit()
    {
        if (!units.TryTake(out int unit))
            return false;
        try
        {
            Do(unit);
        }
        catch (Exception e)
        {
            // An exception that leaves a worker's thread ends the process.
            failure ??= ExceptionDispatchInfo.Capture(e);
        }

        Interlocked.Increment(ref done);
        return true;
    }

    private void Wait()
    {
        Interlocked.CompareExchange(ref offered, null, this);

        // Without SpinWait, which sleeps: an interruption would end that.
        while (Volatile.Read(ref done) < count)
            Thread.Yield();
    }
}
