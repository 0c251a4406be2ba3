using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>512 bits: 8 words.</summary>
internal readonly unsafe struct Words512(Vector512<ulong> value) : IWords<Words512>
{
    private readonly Vector512<ulong> value = value;

    public static int Width => Vector512<ulong>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words512 Broadcast(ulong value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words512 Counting(uint first) => new(Vector512.Create((ulong)first) + Vector512<ulong>.Indices);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words512 operator *(Words512 a, Words512 b) => new(Avx512F.Multiply(a.value.AsUInt32(), b.value.AsUInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words512 operator +(Words512 a, Words512 b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words512 operator ^(Words512 a, Words512 b) => new(a.value ^ b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words512 Upper(Words512 value) => new(Vector512.ShiftRightLogical(value.value, 32));

    // Compared as signed numbers, which they are small enough for: processors before AVX-512 compare no others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words512 Keep(Words512 words, Words512 threshold, Words512 bits)
    {
        Vector512<ulong> word = words.value & Vector512.Create((ulong)uint.MaxValue);
        return new(Vector512.AndNot(bits.value, Vector512.LessThan(word.AsInt64(), threshold.value.AsInt64()).AsUInt64()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(T* destination, Words512 value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            value.value.Store((ulong*)destination);
        else
            Avx512F.ConvertToVector256UInt32(value.value).Store((uint*)destination);
    }
}
