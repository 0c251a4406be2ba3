using System.Diagnostics;

namespace NeuralNet.Kernels;

/// <summary>A range of units of which anybody may take the next.</summary>
internal struct UnitShare
{
    /// <summary>So many that those who come too late to get one do not count beyond the bits.</summary>
    public const int MostUnits = UnitMask - WorkerPool.MostThreads;

    private const int UnitBits = 24, UnitMask = (1 << UnitBits) - 1;

    // The next unit, and above it the end of the range: one atomic addition both takes a unit and tells whether there was one to take.
    private long ticket;

    public readonly bool HasUnits => IsUnit(Volatile.Read(in ticket) + 1);

    public void Fill(int first, int end)
    {
        Debug.Assert(end <= MostUnits);
        Volatile.Write(ref ticket, ((long)end << UnitBits) | (uint)first);
    }

    public bool TryTake(out int unit)
    {
        unit = 0;
        if (!HasUnits)
            return false;
        long taken = Interlocked.Increment(ref ticket);
        unit = (int)(taken & UnitMask) - 1;
        return IsUnit(taken);
    }

    // A ticket as it is after taking: unit + 1 in the lower bits.
    private static bool IsUnit(long taken) => (taken & UnitMask) <= taken >> UnitBits;
}
