using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace NeuralNet.Kernels;

/// <summary>A thread's share of the running region, and how far the thread has come: what <see cref="WorkerPool"/>'s threads tell each other.</summary>
/// <remarks>
/// A processor that writes into a cache line first takes it from all that have read it, and each of them has to fetch it again: a quarter of a microsecond, where they have no
/// cache in common. So all that begins a thread's work comes in one line, and what the thread writes has another, which only the waiting caller reads. The lines lie
/// apart, since processors fetch neighbours too.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = 2 * Apart)]
internal unsafe struct RegionShare
{
    /// <summary>The units that nobody has begun.</summary>
    [FieldOffset(0)]
    public UnitShare Units;

    /// <summary>What does a unit, and what it is called with. They hold for whoever has taken a unit, until it is done.</summary>
    [FieldOffset(8)]
    public delegate*<void*, int, void> Body;

    [FieldOffset(16)]
    public void* Context;

    /// <summary>Where the region's caller ran.</summary>
    [FieldOffset(24)]
    public int CallerProcessor;

    /// <summary>How many units the thread has done, of any share, in all regions so far.</summary>
    [FieldOffset(Apart)]
    public long Done;

    private const int Apart = 128;

    /// <summary>Shares for so many threads, never given back.</summary>
    public static RegionShare* Allocate(int threads)
    {
        nuint size = (nuint)threads * (nuint)sizeof(RegionShare);
        void* memory = NativeMemory.AlignedAlloc(size, (nuint)sizeof(RegionShare));
        NativeMemory.Clear(memory, size);
        return (RegionShare*)memory;
    }

    /// <summary>Does all units that are left in a share.</summary>
    /// <param name="of">Whose share.</param>
    /// <param name="failure">Receives what a unit threw, if nothing was thrown before it.</param>
    public void DoUnits(ref RegionShare of, ref ExceptionDispatchInfo? failure)
    {
        while (of.Units.TryTake(out int unit))
        {
            try
            {
                of.Body(of.Context, unit);
            }
            catch (Exception e)
            {
                // An exception that leaves a worker's thread ends the process, and one that leaves the caller's takes away what the others work on.
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
            }

            Volatile.Write(ref Done, Done + 1);
        }
    }
}
