using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>256 bits: 4 words.</summary>
internal readonly unsafe struct Words256(Vector256<ulong> value) : IWords<Words256>
{
    private readonly Vector256<ulong> value = value;

    public static int Width => Vector256<ulong>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words256 Broadcast(ulong value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words256 Counting(uint first) => new(Vector256.Create((ulong)first) + Vector256<ulong>.Indices);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words256 operator *(Words256 a, Words256 b) => new(Avx2.Multiply(a.value.AsUInt32(), b.value.AsUInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words256 operator +(Words256 a, Words256 b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words256 operator ^(Words256 a, Words256 b) => new(a.value ^ b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words256 Upper(Words256 value) => new(Vector256.ShiftRightLogical(value.value, 32));

    // Compared as signed numbers, which they are small enough for: processors before AVX-512 compare no others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words256 Keep(Words256 words, Words256 threshold, Words256 bits)
    {
        Vector256<ulong> word = words.value & Vector256.Create((ulong)uint.MaxValue);
        return new(Vector256.AndNot(bits.value, Vector256.LessThan(word.AsInt64(), threshold.value.AsInt64()).AsUInt64()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(T* destination, Words256 value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            value.value.Store((ulong*)destination);
        else
            Vector128.Narrow(value.value.GetLower(), value.value.GetUpper()).Store((uint*)destination);
    }
}
