using System.Text.Json.Nodes;
using NeuralNet.Kernels;

namespace NeuralNet.Benchmarks;

/// <summary>c = a·b: a [m, k], b [k, n], c [m, n].</summary>
internal sealed class ProductWorkload<T>(string family, int m, int k, int n) : Workload($"{family}-{m}x{k}x{n}")
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Where the data of b begin, beyond those of a: <c>Peers/peers.py</c> says the same.</summary>
    private const int StartOfB = 1 << 24;

    public override double? Flops => 2.0 * m * k * n;

    public override bool IsDouble => typeof(T) == typeof(double);

    public override bool ComparesEqualThreads => true;

    public override Contender Ours(int threads) => new OurProduct(m, k, n, threads);

    public override Contender MathNetAlone(int threads) => new MathNetProduct(m, k, n, threads);

    public override JsonObject Request(ScratchFolder scratch) =>
        new() { ["kind"] = "product", ["precision"] = IsDouble ? "float64" : "float32", ["m"] = m, ["k"] = k, ["n"] = n };

    // The corners, the middle, and the sum of everything without signs.
    private static double[] Probe(T[] c, int rows, int columns)
    {
        double At(int row, int column) => double.CreateChecked(c[(column * rows) + row]);
        return
        [
            At(0, 0), At(rows - 1, 0), At(0, columns - 1), At(rows - 1, columns - 1), At(rows / 2, columns / 2),
            c.Sum(value => Math.Abs(double.CreateChecked(value))) / c.Length,
        ];
    }

    private sealed class OurProduct(int m, int k, int n, int threads) : ManagedContender(threads)
    {
        private readonly T[] a = Sample.Centred<T>(m, k, start: 0), b = Sample.Centred<T>(k, n, StartOfB), c = new T[m * n];

        public override double[] Check()
        {
            Iterate(1);
            return Probe(c, m, n);
        }

        protected override void Iterate(long iterations)
        {
            using ThreadLimit.Scope limit = ThreadLimit.Enter(Threads);
            for (long i = 0; i < iterations; i++)
                Gemm.Multiply(new(a, m, k), new(b, k, n), default, new MatrixSpan<T>(c, m, n));
        }
    }

    private sealed class MathNetProduct(int m, int k, int n, int threads) : ManagedContender(threads)
    {
        private readonly Matrix<T> a = Matrix<T>.Build.Dense(m, k, Sample.Centred<T>(m, k, start: 0)), b = Matrix<T>.Build.Dense(k, n, Sample.Centred<T>(k, n, StartOfB));
        private readonly Matrix<T> c = Matrix<T>.Build.Dense(m, n);

        public override double[] Check()
        {
            Iterate(1);
            return Probe(c.AsColumnMajorArray(), m, n);
        }

        protected override void Iterate(long iterations)
        {
            using var limit = new MathNetThreads(Threads);
            for (long i = 0; i < iterations; i++)
                a.Multiply(b, c);
        }
    }
}
