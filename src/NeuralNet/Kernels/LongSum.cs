using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The terms of a sum, computed for a vector of sums at a time; each is asked for once, in order.</summary>
internal interface ITerms<V>
{
    V At(int index);
}

/// <summary>Terms that are written down, as many numbers apart as there are rows.</summary>
internal readonly unsafe struct Stored<T, V>(nint rows, T* terms) : ITerms<V>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : struct, ISimd<V, T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At(int index) => V.Load(terms + (index * rows));
}

/// <summary>Sums of any number of terms, one in each lane, in three stages: a million equal floats come to within 3 millionths, where one running sum is off by a hundredth.</summary>
/// <remarks>
/// In blocks of 64: term i of a block is added to partial sum i modulo 4, and the block's sum is (0 + 2) + (1 + 3). The sums of 64 blocks make a part, and the parts are added.
/// So a sum's bits depend neither on the width nor on what is in the other lanes.
/// </remarks>
internal static class LongSum
{
    private const int BlockLength = 64, BlocksOfPart = 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V, T, TTerms>(int count, TTerms terms)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
        where TTerms : struct, ITerms<V>
    {
        V sum = V.Broadcast(T.Zero), part = V.Broadcast(T.Zero);
        for (int start = 0, length; start < count; start += length)
        {
            if (start % (BlockLength * BlocksOfPart) == 0)
            {
                sum += part;
                part = V.Broadcast(T.Zero);
            }

            length = Math.Min(BlockLength, count - start);
            part += Block<V, T, TTerms>(start, start + length, terms);
        }

        return sum + part;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Block<V, T, TTerms>(int index, int end, TTerms terms)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T>
        where TTerms : struct, ITerms<V>
    {
        V zero = V.Broadcast(T.Zero), first = zero, second = zero, third = zero, fourth = zero;
        for (; index <= end - 4; index += 4)
        {
            first += terms.At(index);
            second += terms.At(index + 1);
            third += terms.At(index + 2);
            fourth += terms.At(index + 3);
        }

        if (index < end)
            first += terms.At(index);
        if (index + 1 < end)
            second += terms.At(index + 1);
        if (index + 2 < end)
            third += terms.At(index + 2);
        return first + third + (second + fourth);
    }
}
