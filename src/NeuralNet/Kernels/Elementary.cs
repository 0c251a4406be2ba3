namespace NeuralNet.Kernels;

/// <summary>The elementary functions, in one place for all that need them.</summary>
internal static class Elementary
{
    public static T Exp<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T> => T.Exp(x);

    public static T Log<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T> => T.Log(x);

    public static T LogP1<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T> => T.LogP1(x);

    public static T Tanh<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T> => T.Tanh(x);

    public static T Cos<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T> => T.Cos(x);

    public static T Sin<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T> => T.Sin(x);

    /// <summary>1 / (1 + e⁻ˣ), by the exponential that does not overflow.</summary>
    public static T Sigmoid<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T e = Exp(-T.Abs(x));
        return x < T.Zero ? e / (T.One + e) : T.One / (T.One + e);
    }

    /// <summary>x to a whole power, by squaring: the same bits on every machine.</summary>
    public static double Power(double x, long n)
    {
        double power = 1;
        for (; n > 0; n >>= 1, x *= x)
            power = (n & 1) == 0 ? power : power * x;
        return power;
    }
}
