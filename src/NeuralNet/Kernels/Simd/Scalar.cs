using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>One lane: for the ends that fill no vector, and for machines without any.</summary>
internal readonly unsafe struct Scalar<T>(T value) : ISimd<Scalar<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T Value { get; } = value;

    public static int Width => 1;

    public static Scalar<T> Load(T* source) => new(*source);

    public static Scalar<T> LoadEverySecond(T* source) => new(*source);

    public static Scalar<T> LoadEveryFourth(T* source) => new(*source);

    public static void Store(T* destination, Scalar<T> value) => *destination = value.Value;

    public static void StoreAlternating(T* destination, Scalar<T> even, Scalar<T> odd)
    {
        destination[0] = even.Value;
        destination[1] = odd.Value;
    }

    public static Scalar<T> LoadFirst(T* source, int count) => Load(source);

    public static void StoreFirst(T* destination, Scalar<T> value, int count) => Store(destination, value);

    public static Scalar<T> Broadcast(T value) => new(value);

    public static Scalar<T> Fma(Scalar<T> a, Scalar<T> b, Scalar<T> c) => new(T.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    public static void AddProduct(ref Scalar<T> sum, Scalar<T> a, Scalar<T> b) => sum = Fma(a, b, sum);

    public static Scalar<T> operator +(Scalar<T> a, Scalar<T> b) => new(a.Value + b.Value);

    public static Scalar<T> operator -(Scalar<T> a, Scalar<T> b) => new(a.Value - b.Value);

    public static Scalar<T> operator *(Scalar<T> a, Scalar<T> b) => new(a.Value * b.Value);

    public static Scalar<T> operator /(Scalar<T> a, Scalar<T> b) => new(a.Value / b.Value);

    public static Scalar<T> operator *(T a, Scalar<T> b) => new(a * b.Value);

    public static Scalar<T> operator -(Scalar<T> value) => new(-value.Value);

    public static Scalar<T> Sqrt(Scalar<T> value) => new(T.Sqrt(value.Value));

    public static Scalar<T> Abs(Scalar<T> value) => new(T.Abs(value.Value));

    // A mask of one lane is NaN for set, which no other mask is.
    public static Scalar<T> LessThan(Scalar<T> a, Scalar<T> b) => new(a.Value < b.Value ? T.NaN : T.Zero);

    public static Scalar<T> LessThanOrEqual(Scalar<T> a, Scalar<T> b) => new(a.Value <= b.Value ? T.NaN : T.Zero);

    public static Scalar<T> Max(Scalar<T> a, Scalar<T> b) => new(T.Max(a.Value, b.Value));

    public static Scalar<T> Rectify(Scalar<T> value) => new(value.Value <= T.Zero ? T.Zero : value.Value);

    public static Scalar<T> Select(Scalar<T> mask, Scalar<T> a, Scalar<T> b) => T.IsNaN(mask.Value) ? a : b;

    public static Scalar<T> Round(Scalar<T> value) => new(T.Round(value.Value));

    // The same operations on bits as in the vectors, for the same result even where the argument is no whole number.
    public static Scalar<T> PowerOfTwo(Scalar<T> n) => typeof(T) == typeof(float)
        ? Single(BitConverter.SingleToInt32Bits(Single(n) + (12582912f + 127)) << 23)
        : Double(BitConverter.DoubleToInt64Bits(Double(n) + (6755399441055744.0 + 1023)) << 52);

    public static Scalar<T> Exponent(Scalar<T> value) => typeof(T) == typeof(float)
        ? new(Unsafe.BitCast<float, T>((BitConverter.SingleToInt32Bits(Single(value)) >>> 23) - 127))
        : new(Unsafe.BitCast<double, T>((BitConverter.DoubleToInt64Bits(Double(value)) >>> 52) - 1023));

    public static Scalar<T> Significand(Scalar<T> value) => typeof(T) == typeof(float)
        ? Single((BitConverter.SingleToInt32Bits(Single(value)) & 0x007FFFFF) | 0x3F800000)
        : Double((BitConverter.DoubleToInt64Bits(Double(value)) & 0x000FFFFFFFFFFFFFL) | 0x3FF0000000000000L);

    public static Scalar<T> CopySign(Scalar<T> magnitude, Scalar<T> sign) => new(T.CopySign(magnitude.Value, sign.Value));

    private static float Single(Scalar<T> value) => Unsafe.BitCast<T, float>(value.Value);

    private static double Double(Scalar<T> value) => Unsafe.BitCast<T, double>(value.Value);

    private static Scalar<T> Single(int bits) => new(Unsafe.BitCast<int, T>(bits));

    private static Scalar<T> Double(long bits) => new(Unsafe.BitCast<long, T>(bits));
}
