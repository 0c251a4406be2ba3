using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>512 bits: 16 floats or 8 doubles.</summary>
internal unsafe struct Simd512<T>(Vector512<T> value) : ISimd<Simd512<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private Vector512<T> value = value;

    public static int Width => Vector512<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Load(T* source) => new(Vector512.Load(source));

    // Two vectors, of which the second ends with the last number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> LoadEverySecond(T* source) => typeof(T) == typeof(float)
        ? new(EverySecond(Vector512.Load((float*)source), Vector512.Load((float*)source + Width - 1)).As<float, T>())
        : new(EverySecond(Vector512.Load((double*)source), Vector512.Load((double*)source + Width - 1)).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> LoadEveryFourth(T* source) => new(Vector512.Create(Simd256<T>.LoadEveryFourth(source).Value, Simd256<T>.LoadEveryFourth(source + (2 * Width)).Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* destination, Simd512<T> value) => value.value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreAlternating(T* destination, Simd512<T> even, Simd512<T> odd)
    {
        if (typeof(T) == typeof(float))
            Alternate((float*)destination, even.value.AsSingle(), odd.value.AsSingle());
        else
            Alternate((double*)destination, even.value.AsDouble(), odd.value.AsDouble());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> LoadFirst(T* source, int count) => count == Width ? Load(source) : typeof(T) == typeof(float)
        ? new(Avx512F.MaskLoad((float*)source, First(count).AsSingle(), Vector512<float>.Zero).As<float, T>())
        : new(Avx512F.MaskLoad((double*)source, First(count).AsDouble(), Vector512<double>.Zero).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(T* destination, Simd512<T> value, int count)
    {
        if (count == Width)
            Store(destination, value);
        else if (typeof(T) == typeof(float))
            Avx512F.MaskStore((float*)destination, First(count).AsSingle(), value.value.AsSingle());
        else
            Avx512F.MaskStore((double*)destination, First(count).AsDouble(), value.value.AsDouble());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Broadcast(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Fma(Simd512<T> a, Simd512<T> b, Simd512<T> c) => typeof(T) == typeof(float)
        ? new(Vector512.FusedMultiplyAdd(a.value.AsSingle(), b.value.AsSingle(), c.value.AsSingle()).As<float, T>())
        : new(Vector512.FusedMultiplyAdd(a.value.AsDouble(), b.value.AsDouble(), c.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Simd512<T> sum, Simd512<T> a, Simd512<T> b) => sum.value = typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(a.value.AsSingle(), b.value.AsSingle(), sum.value.AsSingle()).As<float, T>()
        : Vector512.FusedMultiplyAdd(a.value.AsDouble(), b.value.AsDouble(), sum.value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> operator +(Simd512<T> a, Simd512<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> operator -(Simd512<T> a, Simd512<T> b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> operator *(Simd512<T> a, Simd512<T> b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> operator /(Simd512<T> a, Simd512<T> b) => new(a.value / b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> operator *(T a, Simd512<T> b) => new(Vector512.Create(a) * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> operator -(Simd512<T> value) => new(-value.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Sqrt(Simd512<T> value) => new(Vector512.Sqrt(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Abs(Simd512<T> value) => new(Vector512.Abs(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> LessThan(Simd512<T> a, Simd512<T> b) => new(Vector512.LessThan(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> LessThanOrEqual(Simd512<T> a, Simd512<T> b) => new(Vector512.LessThanOrEqual(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Max(Simd512<T> a, Simd512<T> b) => new(Vector512.Max(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Rectify(Simd512<T> value) =>
        new(Vector512.ConditionalSelect(Vector512.LessThanOrEqual(value.value, Vector512<T>.Zero), Vector512<T>.Zero, value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Select(Simd512<T> mask, Simd512<T> a, Simd512<T> b) => new(Vector512.ConditionalSelect(mask.value, a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Round(Simd512<T> value) => typeof(T) == typeof(float)
        ? new(Vector512.Round(value.value.AsSingle()).As<float, T>())
        : new(Vector512.Round(value.value.AsDouble()).As<double, T>());

    // Adding 1.5·2^23 (1.5·2^52 in double) puts a whole number into the lowest bits of the fraction; moved up, they are the exponent field n + bias.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> PowerOfTwo(Simd512<T> n) => typeof(T) == typeof(float)
        ? new(((n.value.AsSingle() + Vector512.Create(12582912f + 127)).AsInt32() << 23).As<int, T>())
        : new(((n.value.AsDouble() + Vector512.Create(6755399441055744.0 + 1023)).AsInt64() << 52).As<long, T>());

    // The other way: the exponent field, put into the lowest bits of the fraction of 2^23 (2^52), counts from there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Exponent(Simd512<T> value) => typeof(T) == typeof(float)
        ? new(((Vector512.ShiftRightLogical(value.value.AsInt32(), 23) | Vector512.Create(0x4B000000)).AsSingle() - Vector512.Create(8388608f + 127)).As<float, T>())
        : new(((Vector512.ShiftRightLogical(value.value.AsInt64(), 52) | Vector512.Create(0x4330000000000000L)).AsDouble() - Vector512.Create(4503599627370496.0 + 1023)).As<double, T>());

    // The fraction bits under the exponent field of 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> Significand(Simd512<T> value) => typeof(T) == typeof(float)
        ? new(((value.value.AsInt32() & Vector512.Create(0x007FFFFF)) | Vector512.Create(0x3F800000)).As<int, T>())
        : new(((value.value.AsInt64() & Vector512.Create(0x000FFFFFFFFFFFFFL)) | Vector512.Create(0x3FF0000000000000L)).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512<T> CopySign(Simd512<T> magnitude, Simd512<T> sign)
    {
        Vector512<T> signBit = Vector512.Create(-T.Zero);
        return new(Vector512.ConditionalSelect(signBit, sign.value, magnitude.value));
    }

    // All bits set in the first lanes: those whose number is less than the count.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> First(int count) => Vector512.LessThan(Vector512<T>.Indices, Vector512.Create(T.CreateTruncating(count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> EverySecond(Vector512<float> first, Vector512<float> second) => Avx512F.PermuteVar16x32x2(first, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 17, 19, 21, 23, 25, 27, 29, 31), second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> EverySecond(Vector512<double> first, Vector512<double> second) => Avx512F.PermuteVar8x64x2(first, Vector512.Create(0L, 2, 4, 6, 9, 11, 13, 15), second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Alternate(float* destination, Vector512<float> even, Vector512<float> odd)
    {
        Avx512F.PermuteVar16x32x2(even, Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), odd).Store(destination);
        Avx512F.PermuteVar16x32x2(even, Vector512.Create(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), odd).Store(destination + Vector512<float>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Alternate(double* destination, Vector512<double> even, Vector512<double> odd)
    {
        Avx512F.PermuteVar8x64x2(even, Vector512.Create(0L, 8, 1, 9, 2, 10, 3, 11), odd).Store(destination);
        Avx512F.PermuteVar8x64x2(even, Vector512.Create(4L, 12, 5, 13, 6, 14, 7, 15), odd).Store(destination + Vector512<double>.Count);
    }
}
