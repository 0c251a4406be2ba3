namespace NeuralNet.Kernels;

/// <summary>One lane: for the ends that fill no vector, and for machines without any.</summary>
internal readonly unsafe struct Scalar<T>(T value) : ISimd<Scalar<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T value = value;

    public static int Width => 1;

    public static Scalar<T> Load(T* source) => new(*source);

    public static void Store(T* destination, Scalar<T> value) => *destination = value.value;

    public static Scalar<T> Broadcast(T value) => new(value);

    public static Scalar<T> Fma(Scalar<T> a, Scalar<T> b, Scalar<T> c) => new(T.FusedMultiplyAdd(a.value, b.value, c.value));

    public static Scalar<T> operator +(Scalar<T> a, Scalar<T> b) => new(a.value + b.value);

    public static Scalar<T> operator -(Scalar<T> a, Scalar<T> b) => new(a.value - b.value);

    public static Scalar<T> operator *(Scalar<T> a, Scalar<T> b) => new(a.value * b.value);

    public static Scalar<T> operator /(Scalar<T> a, Scalar<T> b) => new(a.value / b.value);

    public static Scalar<T> Sqrt(Scalar<T> value) => new(T.Sqrt(value.value));

    public static Scalar<T> Abs(Scalar<T> value) => new(T.Abs(value.value));

    // A mask of one lane is NaN for set, which no other mask is.
    public static Scalar<T> LessThan(Scalar<T> a, Scalar<T> b) => new(a.value < b.value ? T.NaN : T.Zero);

    public static Scalar<T> Select(Scalar<T> mask, Scalar<T> a, Scalar<T> b) => T.IsNaN(mask.value) ? a : b;

    public static Scalar<T> Round(Scalar<T> value) => new(T.Round(value.value, MidpointRounding.ToEven));

    public static Scalar<T> PowerOfTwo(Scalar<T> n) => new(T.ScaleB(T.One, int.CreateTruncating(n.value)));

    public static Scalar<T> Exponent(Scalar<T> value) => new(T.CreateTruncating(T.ILogB(value.value)));

    public static Scalar<T> CopySign(Scalar<T> magnitude, Scalar<T> sign) => new(T.CopySign(magnitude.value, sign.value));
}
