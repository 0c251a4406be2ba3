using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>128 bits: 4 floats or 2 doubles.</summary>
internal unsafe struct Simd128<T>(Vector128<T> value) : ISimd<Simd128<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private Vector128<T> value = value;

    public readonly Vector128<T> Value => value;

    public static int Width => Vector128<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Load(T* source) => new(Vector128.Load(source));

    // Two vectors, of which the second ends with the last number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> LoadEverySecond(T* source) => typeof(T) == typeof(float)
        ? new(EverySecond(Vector128.Load((float*)source), Vector128.Load((float*)source + Width - 1)).As<float, T>())
        : new(EverySecond(Vector128.Load((double*)source), Vector128.Load((double*)source + Width - 1)).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> LoadEveryFourth(T* source)
    {
        if (typeof(T) == typeof(double))
            return new(Vector128.Create(((double*)source)[0], ((double*)source)[4]).As<double, T>());
        float* numbers = (float*)source;

        // The second eight begin with the sixth, so that none behind the last is read.
        return Avx512F.VL.IsSupported
            ? new(Avx512F.VL.PermuteVar8x32x2(Vector256.Load(numbers), Vector256.Create(0, 4, 8 + 3, 8 + 7, 0, 0, 0, 0), Vector256.Load(numbers + 5)).GetLower().As<float, T>())
            : new(Vector128.Create(numbers[0], numbers[4], numbers[8], numbers[12]).As<float, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* destination, Simd128<T> value) => value.value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreAlternating(T* destination, Simd128<T> even, Simd128<T> odd)
    {
        if (typeof(T) == typeof(float))
            Alternate((float*)destination, even.value.AsSingle(), odd.value.AsSingle());
        else
            Alternate((double*)destination, even.value.AsDouble(), odd.value.AsDouble());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> LoadFirst(T* source, int count)
    {
        if (count == Width)
            return Load(source);
        if (!Avx.IsSupported)
            return PartialVector.Load<Simd128<T>, T>(source, count);
        return typeof(T) == typeof(float)
            ? new(Avx.MaskLoad((float*)source, First(count).AsSingle()).As<float, T>())
            : new(Avx.MaskLoad((double*)source, First(count).AsDouble()).As<double, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(T* destination, Simd128<T> value, int count)
    {
        if (count == Width)
            Store(destination, value);
        else if (!Avx.IsSupported)
            PartialVector.Store(destination, value, count);
        else if (typeof(T) == typeof(float))
            Avx.MaskStore((float*)destination, First(count).AsSingle(), value.value.AsSingle());
        else
            Avx.MaskStore((double*)destination, First(count).AsDouble(), value.value.AsDouble());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Broadcast(T value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Fma(Simd128<T> a, Simd128<T> b, Simd128<T> c) => typeof(T) == typeof(float)
        ? new(Vector128.FusedMultiplyAdd(a.value.AsSingle(), b.value.AsSingle(), c.value.AsSingle()).As<float, T>())
        : new(Vector128.FusedMultiplyAdd(a.value.AsDouble(), b.value.AsDouble(), c.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Simd128<T> sum, Simd128<T> a, Simd128<T> b) => sum.value = typeof(T) == typeof(float)
        ? Vector128.FusedMultiplyAdd(a.value.AsSingle(), b.value.AsSingle(), sum.value.AsSingle()).As<float, T>()
        : Vector128.FusedMultiplyAdd(a.value.AsDouble(), b.value.AsDouble(), sum.value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> operator +(Simd128<T> a, Simd128<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> operator -(Simd128<T> a, Simd128<T> b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> operator *(Simd128<T> a, Simd128<T> b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> operator /(Simd128<T> a, Simd128<T> b) => new(a.value / b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> operator *(T a, Simd128<T> b) => new(Vector128.Create(a) * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> operator -(Simd128<T> value) => new(-value.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Sqrt(Simd128<T> value) => new(Vector128.Sqrt(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Abs(Simd128<T> value) => new(Vector128.Abs(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> LessThan(Simd128<T> a, Simd128<T> b) => new(Vector128.LessThan(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> LessThanOrEqual(Simd128<T> a, Simd128<T> b) => new(Vector128.LessThanOrEqual(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Max(Simd128<T> a, Simd128<T> b) => new(Vector128.Max(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Rectify(Simd128<T> value) =>
        new(Vector128.ConditionalSelect(Vector128.LessThanOrEqual(value.value, Vector128<T>.Zero), Vector128<T>.Zero, value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Select(Simd128<T> mask, Simd128<T> a, Simd128<T> b) => new(Vector128.ConditionalSelect(mask.value, a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Round(Simd128<T> value) => typeof(T) == typeof(float)
        ? new(Vector128.Round(value.value.AsSingle()).As<float, T>())
        : new(Vector128.Round(value.value.AsDouble()).As<double, T>());

    // Adding 1.5·2^23 (1.5·2^52 in double) puts a whole number into the lowest bits of the fraction; moved up, they are the exponent field n + bias.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> PowerOfTwo(Simd128<T> n) => typeof(T) == typeof(float)
        ? new(((n.value.AsSingle() + Vector128.Create(12582912f + 127)).AsInt32() << 23).As<int, T>())
        : new(((n.value.AsDouble() + Vector128.Create(6755399441055744.0 + 1023)).AsInt64() << 52).As<long, T>());

    // The other way: the exponent field, put into the lowest bits of the fraction of 2^23 (2^52), counts from there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Exponent(Simd128<T> value) => typeof(T) == typeof(float)
        ? new(((Vector128.ShiftRightLogical(value.value.AsInt32(), 23) | Vector128.Create(0x4B000000)).AsSingle() - Vector128.Create(8388608f + 127)).As<float, T>())
        : new(((Vector128.ShiftRightLogical(value.value.AsInt64(), 52) | Vector128.Create(0x4330000000000000L)).AsDouble() - Vector128.Create(4503599627370496.0 + 1023)).As<double, T>());

    // The fraction bits under the exponent field of 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> Significand(Simd128<T> value) => typeof(T) == typeof(float)
        ? new(((value.value.AsInt32() & Vector128.Create(0x007FFFFF)) | Vector128.Create(0x3F800000)).As<int, T>())
        : new(((value.value.AsInt64() & Vector128.Create(0x000FFFFFFFFFFFFFL)) | Vector128.Create(0x3FF0000000000000L)).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128<T> CopySign(Simd128<T> magnitude, Simd128<T> sign)
    {
        Vector128<T> signBit = Vector128.Create(-T.Zero);
        return new(Vector128.ConditionalSelect(signBit, sign.value, magnitude.value));
    }

    // All bits set in the first lanes: those whose number is less than the count.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> First(int count) => Vector128.LessThan(Vector128<T>.Indices, Vector128.Create(T.CreateTruncating(count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> EverySecond(Vector128<float> first, Vector128<float> second) => Sse.IsSupported ? Sse.Shuffle(first, second, 0b11_01_10_00) : Vector128.Create(first[0], first[2], second[1], second[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> EverySecond(Vector128<double> first, Vector128<double> second) => Sse2.IsSupported ? Sse2.Shuffle(first, second, 0b10) : Vector128.Create(first[0], second[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Alternate(float* destination, Vector128<float> even, Vector128<float> odd)
    {
        (Sse.IsSupported ? Sse.UnpackLow(even, odd) : Vector128.Create(even[0], odd[0], even[1], odd[1])).Store(destination);
        (Sse.IsSupported ? Sse.UnpackHigh(even, odd) : Vector128.Create(even[2], odd[2], even[3], odd[3])).Store(destination + Vector128<float>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Alternate(double* destination, Vector128<double> even, Vector128<double> odd)
    {
        (Sse2.IsSupported ? Sse2.UnpackLow(even, odd) : Vector128.Create(even[0], odd[0])).Store(destination);
        (Sse2.IsSupported ? Sse2.UnpackHigh(even, odd) : Vector128.Create(even[1], odd[1])).Store(destination + Vector128<double>.Count);
    }
}
