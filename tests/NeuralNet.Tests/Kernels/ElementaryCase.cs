using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>An elementary function of the library and what to measure it by.</summary>
internal abstract class ElementaryCase(string name, Func<double, double> reference, double[] edges)
{
    /// <summary>Its name, also in <c>elementary.csv</c>.</summary>
    public string Name => name;

    /// <summary>The function in double, from elsewhere: far more exact than float needs.</summary>
    public Func<double, double> Reference => reference;

    /// <summary>Where its float formula changes, or its result ends.</summary>
    public IReadOnlyList<double> Edges => edges;

    /// <summary>The entry point for one number.</summary>
    public abstract T One<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Many numbers with the widest vectors.</summary>
    public abstract void Many<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Many numbers with vectors of one width, what fills none with one lane.</summary>
    public abstract void Many<V, T>(ReadOnlySpan<T> x, Span<T> y)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>;

    public override string ToString() => name;
}

/// <summary>The function as such.</summary>
internal interface IElementaryFunction
{
    static abstract V Of<V, T>(V x)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>;

    static abstract T One<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <inheritdoc/>
internal sealed unsafe class ElementaryCase<TFunction>(string name, Func<double, double> reference, params double[] edges) : ElementaryCase(name, reference, edges)
    where TFunction : IElementaryFunction
{
    public override T One<T>(T x) => TFunction.One(x);

    public override void Many<T>(ReadOnlySpan<T> x, Span<T> y) => Elementwise.Forward(default(Operator<T>), x, y);

    public override void Many<V, T>(ReadOnlySpan<T> x, Span<T> y)
    {
        fixed (T* px = x, py = y)
        {
            int i = 0;
            for (; i <= x.Length - V.Width; i += V.Width)
                V.Store(py + i, TFunction.Of<V, T>(V.Load(px + i)));
            for (; i < x.Length; i++)
                Scalar<T>.Store(py + i, TFunction.Of<Scalar<T>, T>(Scalar<T>.Load(px + i)));
        }
    }

    private readonly struct Operator<T> : IElementwiseOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool SlopeReadsOutput => false;

        public V Forward<V>(V x)
            where V : struct, ISimd<V, T> => TFunction.Of<V, T>(x);

        public V Backward<V>(V x, V y, V dy)
            where V : struct, ISimd<V, T> => throw new NotSupportedException();
    }
}
