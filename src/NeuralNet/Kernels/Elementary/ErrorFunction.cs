using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>erf x = 2/√π·∫₀ˣ e^(-t²) dt.</summary>
/// <remarks>
/// It is odd, so let a = |x|. Below 1: a + a·p(a²). From 1 on: 1 - e^(-g(a)), where g = -log(1 - erf a) is nearly a parabola and needs the fewer correct digits the
/// larger it is, because e^(-g) is what is left to 1. Both are computed, one is taken.
/// </remarks>
internal static class ErrorFunction<V, T>
    where V : struct, ISimd<V, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf(V x)
    {
        V a = V.Abs(x), one = Constant<V, T>.Of(1);
        V inner = V.Fma(a, Inner(a * a), a);

        // From this bound on the result rounds to 1.
        V bound = Constant<V, T>.Of(4f, 6);
        V outer = one - Exponential<V, T>.Exp(-Outer(V.Select(V.LessThan(bound, a), bound, a)));
        return V.CopySign(V.Select(V.LessThan(a, one), inner, outer), x);
    }

    // p(z) = erf √z / √z - 1 for z ≤ 1; error relative to erf below 2^-28 in float and 2^-55 in double.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Inner(V z) => Polynomial<V, T>.Of(
        z,
        [0.12837917f, -0.37612626f, 0.112835854f, -0.026853813f, 0.0051883277f, -0.0008010192f, 7.853852e-05f],
        [
            0.12837916709551256, -0.3761263890318352, 0.11283791670944185, -0.026866170643111375, 0.005223977606117625, -0.000854832592927142,
            0.00012055293575569572, -1.4924712275907062e-05, 1.6447131245010192e-06, -1.6206311241554742e-07, 1.371096948098858e-08, -7.779448129042074e-10,
        ]);

    // g(a) for a from 1 to 4 in float, 6 in double; error times e^(-g) below 2^-30 and 2^-55.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Outer(V a) => Polynomial<V, T>.Of(
        a,
        [-0.0001880294f, 1.1295784f, 0.63322f, 0.10841847f, -0.025208194f, 0.0042045387f, -0.0004413318f, 2.1686466e-05f],
        [
            5.132420138450029e-07, 1.1283739917078934, 0.6366440551043433, 0.10270228981024446, -0.01898804210135801, -0.00041353642503076405,
            0.001918945431110929, -0.0007730428995924403, 0.00013655406495204469, 1.9523875207258245e-05, -2.2533284448042244e-05, 8.578907655842928e-06,
            -2.1148293504946973e-06, 3.695705676191985e-07, -4.593385721903124e-08, 3.890068633301437e-09, -2.0203719649435614e-10, 4.865172130591888e-12,
        ]);
}
