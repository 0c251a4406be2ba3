using MathNet.Numerics;
using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Every elementary function of the library.</summary>
internal static class ElementaryCases
{
    public static IReadOnlyList<ElementaryCase> All { get; } =
    [
        new ElementaryCase<Exp>("exp", Math.Exp, 88.722839, 89, -87.336545, -103.27893, -103.97208, -104, 0.34657359, -0.34657359),
        new ElementaryCase<ExpM1>("expm1", ExpM1Of, 88.722839, 89, -17.32868, -20, 0.34657359, -0.34657359),
        new ElementaryCase<Log>("log", Math.Log, Math.Sqrt(0.5), Math.Sqrt(2)),
        new ElementaryCase<LogP1>("log1p", LogP1Of, Math.Sqrt(0.5) - 1, Math.Sqrt(2) - 1),
        new ElementaryCase<Tanh>("tanh", Math.Tanh, 9.010913, 10, -10, 0.1732868, -0.1732868),
        new ElementaryCase<Sigmoid>("sigmoid", x => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)), 17.32868, -87.336545, -103.97208, 104),
        new ElementaryCase<Erf>("erf", x => x == 0 || double.IsNaN(x) ? x : SpecialFunctions.Erf(x), 3.8325, 4, -4),
        new ElementaryCase<Sin>("sin", x => Math.Abs(x) <= 1048576 ? Math.Sin(x) : double.NaN, 1048576, -1048576, 0.000122, Math.PI / 4, Math.PI / 2, Math.PI, 2 * Math.PI),
        new ElementaryCase<Cos>("cos", x => Math.Abs(x) <= 1048576 ? Math.Cos(x) : double.NaN, 1048576, -1048576, Math.PI / 4, Math.PI / 2, Math.PI, 2 * Math.PI),
    ];

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    public static ElementaryCase Row(string name) => All.Single(row => row.Name == name);

    // .NET's own are e^x - 1 and log(x + 1) as they stand. Here what 1 + x and e^x lose is divided out again (Kahan).
    private static double ExpM1Of(double x)
    {
        double u = Math.Exp(x);
        return u == 1 ? x : u - 1 == -1 ? -1 : double.IsInfinity(u) ? u : (u - 1) * x / Math.Log(u);
    }

    private static double LogP1Of(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : double.IsPositiveInfinity(u) ? u : Math.Log(u) * x / (u - 1);
    }

    private sealed class Exp : IElementaryFunction
    {
        public static V Of<V, T>(V x)
            where V : struct, ISimd<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => Elementary.Exp<V, T>(x);

        public static T One<T>(T x)
            where T : unmanaged, IFloatingPointIeee754<T> => Elementary.Exp(x);
    }

    private sealed class ExpM1 : IElementaryFunction
    {
        public static V Of<V, T>(V x)
            where V : struct, ISimd<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => Elementary.ExpM1<V, T>(x);

        public static T One<T>(T x)
            where T : unmanaged, IFloatingPointIeee754<T> => Elementary.ExpM1(x);
    }

    private sealed class Log : IElementaryFunction
    {
        public static V Of<V, T>(V x)
            where V : struct, ISimd<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => Elementary.Log<V, T>(x);

        public static T One<T>(T x)
            where T : unmanaged, IFloatingPointIeee754<T> => Elementary.Log(x);
    }

    private sealed class LogP1 : IElementaryFunction
    {
        public static V Of<V, T>(V x)
            where V : struct, ISimd<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => Elementary.LogP1<V, T>(x);

        public static T One<T>(T x)
            where T : unmanaged, IFloatingPointIeee754<T> => Elementary.LogP1(x);
    }

    private sealed class Tanh : IElementaryFunction
    {
        public static V Of<V, T>(V x)
            where V : struct, ISimd<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => Elementary.Tanh<V, T>(x);

        public static T One<T>(T x)
            where T : unmanaged, IFloatingPointIeee754<T> => Elementary.Tanh(x);
    }

    private sealed class Sigmoid : IElementaryFunction
    {
        public static V Of<V, T>(V x)
            where V : struct, ISimd<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => Elementary.Sigmoid<V, T>(x);

        public static T One<T>(T x)
            where T : unmanaged, IFloatingPointIeee754<T> => Elementary.Sigmoid(x);
    }

    private sealed class Erf : IElementaryFunction
    {
        public static V Of<V, T>(V x)
            where V : struct, ISimd<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => Elementary.Erf<V, T>(x);

        public static T One<T>(T x)
            where T : unmanaged, IFloatingPointIeee754<T> => Elementary.Erf(x);
    }

    private sealed class Sin : IElementaryFunction
    {
        public static V Of<V, T>(V x)
            where V : struct, ISimd<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => Elementary.Sin<V, T>(x);

        public static T One<T>(T x)
            where T : unmanaged, IFloatingPointIeee754<T> => Elementary.Sin(x);
    }

    private sealed class Cos : IElementaryFunction
    {
        public static V Of<V, T>(V x)
            where V : struct, ISimd<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => Elementary.Cos<V, T>(x);

        public static T One<T>(T x)
            where T : unmanaged, IFloatingPointIeee754<T> => Elementary.Cos(x);
    }
}
