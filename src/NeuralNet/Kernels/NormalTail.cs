using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The tail of the normal distribution, Φ(-t) for t ≥ 0, as e^(-t²/2) times a ratio that changes slowly; so it keeps its relative accuracy however small it is.</summary>
/// <remarks>The ratio is P(s) / (t + 4) with s = (t - 4) / (t + 4), a polynomial by <c>fit_polynomials.py</c>.</remarks>
internal static class NormalTail<V, T>
    where V : struct, ISimd<V, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>t = |x|, no larger than where the tail is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Size(V x) => Gate.Size<V, T>(x, Constant<V, T>.Of(15f, 39));

    /// <summary>e^(-t²/2), with what the square leaves out: its rounding error would count t²-fold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Power(V t)
    {
        V minusHalf = Constant<V, T>.Of(-0.5), square = t * t, lost = V.Fma(t, t, -square);
        V power = Elementary.Exp<V, T>(minusHalf * square);
        return V.Fma(power, minusHalf * lost, power);
    }

    /// <summary>Φ(-t)·e^(t²/2) for t up to 15 in float and 39 in double; within 2.5 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Ratio(V t)
    {
        V four = Constant<V, T>.Of(4), inverse = Constant<V, T>.Of(1) / (t + four);
        return inverse * Polynomial<V, T>.Of(
            (t - four) * inverse,
            [
                0.75528514f, -0.6078966f, 0.3871373f, -0.18652157f, 0.06039835f, -0.007542614f, -0.0034922203f, 0.0016354871f, 0.00017186024f, -0.00021928475f,
                -4.506156e-05f,
            ],
            [
                0.7552851304157515, -0.6078966419718921, 0.3871374007422195, -0.18652185795966542, 0.06039657489066628, -0.007540188966435193,
                -0.003479692361606926, 0.001630818453280152, 0.0001333442485243141, -0.000231094903718143, -1.9078439758303457e-06, 3.51445696808856e-05,
                7.149755302836055e-07, -5.920011297208651e-06, -6.252284525019151e-07, 1.0218572721228083e-06, 2.6415458193213227e-07, -1.5659218832344495e-07,
                -7.721044980673833e-08, 1.606930916996967e-08, 1.4619043041819437e-08, -3.390609389834249e-10, -1.1965467219032051e-09,
            ]);
    }
}
