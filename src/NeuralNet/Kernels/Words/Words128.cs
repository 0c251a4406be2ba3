using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>128 bits: 2 words.</summary>
internal readonly unsafe struct Words128(Vector128<ulong> value) : IWords<Words128>
{
    private readonly Vector128<ulong> value = value;

    public static int Width => Vector128<ulong>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words128 Broadcast(ulong value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words128 Counting(uint first) => new(Vector128.Create((ulong)first) + Vector128<ulong>.Indices);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words128 operator *(Words128 a, Words128 b) => Sse2.IsSupported
        ? new(Sse2.Multiply(a.value.AsUInt32(), b.value.AsUInt32()))
        : new((a.value & Vector128.Create((ulong)uint.MaxValue)) * (b.value & Vector128.Create((ulong)uint.MaxValue)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words128 operator +(Words128 a, Words128 b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words128 operator ^(Words128 a, Words128 b) => new(a.value ^ b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words128 Upper(Words128 value) => new(Vector128.ShiftRightLogical(value.value, 32));

    // Compared as signed numbers, which they are small enough for: processors before AVX-512 compare no others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words128 Keep(Words128 words, Words128 threshold, Words128 bits)
    {
        Vector128<ulong> word = words.value & Vector128.Create((ulong)uint.MaxValue);
        return new(Vector128.AndNot(bits.value, Vector128.LessThan(word.AsInt64(), threshold.value.AsInt64()).AsUInt64()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(T* destination, Words128 value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            value.value.Store((ulong*)destination);
        else
            Vector128.Narrow(value.value, value.value).GetLower().Store((uint*)destination);
    }
}
