using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>256 bits: 8 floats or 4 doubles.</summary>
internal unsafe struct Simd256<T>(Vector256<T> value) : ISimd<Simd256<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private Vector256<T> value = value;

    public readonly Vector256<T> Value => value;

    public static int Width => Vector256<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Load(T* source) => new(Vector256.Load(source));

    // Two vectors, of which the second ends with the last number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> LoadEverySecond(T* source) => typeof(T) == typeof(float)
        ? new(EverySecond(Vector256.Load((float*)source), Vector256.Load((float*)source + Width - 1)).As<float, T>())
        : new(EverySecond(Vector256.Load((double*)source), Vector256.Load((double*)source + Width - 1)).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> LoadEveryFourth(T* source)
    {
        if (typeof(T) == typeof(double) || !Avx512F.IsSupported)
            return new(Vector256.Create(Simd128<T>.LoadEveryFourth(source).Value, Simd128<T>.LoadEveryFourth(source + (2 * Width)).Value));

        // The second sixteen begin with the fourteenth, so that none behind the last is read.
        float* numbers = (float*)source;
        Vector512<int> places = Vector512.Create(0, 4, 8, 12, 16 + 3, 16 + 7, 16 + 11, 16 + 15, 0, 0, 0, 0, 0, 0, 0, 0);
        return new(Avx512F.PermuteVar16x32x2(Vector512.Load(numbers), places, Vector512.Load(numbers + 13)).GetLower().As<float, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* destination, Simd256<T> value) => value.value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreAlternating(T* destination, Simd256<T> even, Simd256<T> odd)
    {
        if (typeof(T) == typeof(float))
            Alternate((float*)destination, even.value.AsSingle(), odd.value.AsSingle());
        else
            Alternate((double*)destination, even.value.AsDouble(), odd.value.AsDouble());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> LoadFirst(T* source, int count)
    {
        if (count == Width)
            return Load(source);
        if (!Avx.IsSupported)
            return PartialVector.Load<Simd256<T>, T>(source, count);
        return typeof(T) == typeof(float)
            ? new(Avx.MaskLoad((float*)source, First(count).AsSingle()).As<float, T>())
            : new(Avx.MaskLoad((double*)source, First(count).AsDouble()).As<double, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(T* destination, Simd256<T> value, int count)
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
    public static Simd256<T> Broadcast(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Fma(Simd256<T> a, Simd256<T> b, Simd256<T> c) => typeof(T) == typeof(float)
        ? new(Vector256.FusedMultiplyAdd(a.value.AsSingle(), b.value.AsSingle(), c.value.AsSingle()).As<float, T>())
        : new(Vector256.FusedMultiplyAdd(a.value.AsDouble(), b.value.AsDouble(), c.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Simd256<T> sum, Simd256<T> a, Simd256<T> b) => sum.value = typeof(T) == typeof(float)
        ? Vector256.FusedMultiplyAdd(a.value.AsSingle(), b.value.AsSingle(), sum.value.AsSingle()).As<float, T>()
        : Vector256.FusedMultiplyAdd(a.value.AsDouble(), b.value.AsDouble(), sum.value.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> operator +(Simd256<T> a, Simd256<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> operator -(Simd256<T> a, Simd256<T> b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> operator *(Simd256<T> a, Simd256<T> b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> operator /(Simd256<T> a, Simd256<T> b) => new(a.value / b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> operator *(T a, Simd256<T> b) => new(Vector256.Create(a) * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> operator -(Simd256<T> value) => new(-value.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Sqrt(Simd256<T> value) => new(Vector256.Sqrt(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Abs(Simd256<T> value) => new(Vector256.Abs(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> LessThan(Simd256<T> a, Simd256<T> b) => new(Vector256.LessThan(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> LessThanOrEqual(Simd256<T> a, Simd256<T> b) => new(Vector256.LessThanOrEqual(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Max(Simd256<T> a, Simd256<T> b) => new(Vector256.Max(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Rectify(Simd256<T> value) =>
        new(Vector256.ConditionalSelect(Vector256.LessThanOrEqual(value.value, Vector256<T>.Zero), Vector256<T>.Zero, value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Select(Simd256<T> mask, Simd256<T> a, Simd256<T> b) => new(Vector256.ConditionalSelect(mask.value, a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Round(Simd256<T> value) => typeof(T) == typeof(float)
        ? new(Vector256.Round(value.value.AsSingle()).As<float, T>())
        : new(Vector256.Round(value.value.AsDouble()).As<double, T>());

    // Adding 1.5·2^23 (1.5·2^52 in double) puts a whole number into the lowest bits of the fraction; moved up, they are the exponent field n + bias.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> PowerOfTwo(Simd256<T> n) => typeof(T) == typeof(float)
        ? new(((n.value.AsSingle() + Vector256.Create(12582912f + 127)).AsInt32() << 23).As<int, T>())
        : new(((n.value.AsDouble() + Vector256.Create(6755399441055744.0 + 1023)).AsInt64() << 52).As<long, T>());

    // The other way: the exponent field, put into the lowest bits of the fraction of 2^23 (2^52), counts from there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Exponent(Simd256<T> value) => typeof(T) == typeof(float)
        ? new(((Vector256.ShiftRightLogical(value.value.AsInt32(), 23) | Vector256.Create(0x4B000000)).AsSingle() - Vector256.Create(8388608f + 127)).As<float, T>())
        : new(((Vector256.ShiftRightLogical(value.value.AsInt64(), 52) | Vector256.Create(0x4330000000000000L)).AsDouble() - Vector256.Create(4503599627370496.0 + 1023)).As<double, T>());

    // The fraction bits under the exponent field of 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> Significand(Simd256<T> value) => typeof(T) == typeof(float)
        ? new(((value.value.AsInt32() & Vector256.Create(0x007FFFFF)) | Vector256.Create(0x3F800000)).As<int, T>())
        : new(((value.value.AsInt64() & Vector256.Create(0x000FFFFFFFFFFFFFL)) | Vector256.Create(0x3FF0000000000000L)).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256<T> CopySign(Simd256<T> magnitude, Simd256<T> sign)
    {
        Vector256<T> signBit = Vector256.Create(-T.Zero);
        return new(Vector256.ConditionalSelect(signBit, sign.value, magnitude.value));
    }

    // All bits set in the first lanes: those whose number is less than the count.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> First(int count) => Vector256.LessThan(Vector256<T>.Indices, Vector256.Create(T.CreateTruncating(count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> EverySecond(Vector256<float> first, Vector256<float> second) => Vector256.Create(Vector256.Shuffle(first, Vector256.Create(0, 2, 4, 6, 0, 2, 4, 6)).GetLower(), Vector256.Shuffle(second, Vector256.Create(1, 3, 5, 7, 1, 3, 5, 7)).GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> EverySecond(Vector256<double> first, Vector256<double> second) => Vector256.Create(Vector256.Shuffle(first, Vector256.Create(0L, 2, 0, 2)).GetLower(), Vector256.Shuffle(second, Vector256.Create(1L, 3, 1, 3)).GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Alternate(float* destination, Vector256<float> even, Vector256<float> odd)
    {
        if (Avx512F.VL.IsSupported)
        {
            Avx512F.VL.PermuteVar8x32x2(even, Vector256.Create(0, 8, 1, 9, 2, 10, 3, 11), odd).Store(destination);
            Avx512F.VL.PermuteVar8x32x2(even, Vector256.Create(4, 12, 5, 13, 6, 14, 7, 15), odd).Store(destination + Vector256<float>.Count);
            return;
        }

        Simd128<float>.StoreAlternating(destination, new(even.GetLower()), new(odd.GetLower()));
        Simd128<float>.StoreAlternating(destination + Vector256<float>.Count, new(even.GetUpper()), new(odd.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Alternate(double* destination, Vector256<double> even, Vector256<double> odd)
    {
        Simd128<double>.StoreAlternating(destination, new(even.GetLower()), new(odd.GetLower()));
        Simd128<double>.StoreAlternating(destination + Vector256<double>.Count, new(even.GetUpper()), new(odd.GetUpper()));
    }
}
