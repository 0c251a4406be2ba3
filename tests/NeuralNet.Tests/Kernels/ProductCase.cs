using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>A product of one size, and its scalar twin: a sum over k in order with fused multiply-add.</summary>
internal sealed class ProductCase<T>(int m, int k, int n)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] bias = Numbers(n, seed: 3), none = new T[n];
    private T[]? biased, plain;

    /// <summary>The left factor, m times k, column after column.</summary>
    public T[] A { get; } = Numbers(m * k, seed: 1);

    /// <summary>The right factor, k times n, column after column.</summary>
    public T[] B { get; } = Numbers(k * n, seed: 2);

    /// <summary>All products, with and without bias, from memory that begins so many numbers after an array's first.</summary>
    public void Check(int offset = 0)
    {
        biased ??= Twin(bias);
        plain ??= Twin(none);
        Framed<T> a = Framed<T>.Input(A, offset), b = Framed<T>.Input(B, offset), at = Framed<T>.Input(Transposed(A, m, k), offset), bt = Framed<T>.Input(Transposed(B, k, n), offset);
        Framed<T> start = Framed<T>.Input(bias, offset);

        // What the result held before, NaN, must not matter.
        Framed<T> c = Framed<T>.Output(m * n, offset);
        Gemm.Multiply(a.Matrix(m, k), b.Matrix(k, n), start.Values, c.Matrix(m, n));
        c.ShouldHold(biased, What("a·b + bias"));
        c = Framed<T>.Output(m * n, offset);
        Gemm.Multiply(a.Matrix(m, k), b.Matrix(k, n), default, c.Matrix(m, n));
        c.ShouldHold(plain, What("a·b"));
        c = Framed<T>.Output(m * n, offset);
        Gemm.Multiply(a.Matrix(m, k), b.Matrix(k, n), start.Values, c.Matrix(m, n), rectifies: true);
        c.ShouldHold([.. biased.Select(Relu)], What("Relu of a·b + bias"));
        PackedWeights<T> packed = Gemm.Pack(b.Matrix(k, n));
        c = Framed<T>.Output(m * n, offset);
        Gemm.Multiply(a.Matrix(m, k), b.Matrix(k, n), start.Values, c.Matrix(m, n), packed);
        c.ShouldHold(biased, What("a·b + bias, b packed"));
        c = Framed<T>.Output(m * n, offset);
        Gemm.Multiply(a.Matrix(m, k), b.Matrix(k, n), start.Values, c.Matrix(m, n), packed, rectifies: true);
        c.ShouldHold([.. biased.Select(Relu)], What("Relu of a·b + bias, b packed"));
        c = Framed<T>.Output(m * n, offset);
        Gemm.Multiply(a.Matrix(m, k), b.Matrix(k, n), default, c.Matrix(m, n), packed);
        c.ShouldHold(plain, What("a·b, b packed"));
        c = Framed<T>.Output(m * n, offset);
        Gemm.TransposeMultiply(at.Matrix(k, m), b.Matrix(k, n), c.Matrix(m, n));
        c.ShouldHold(plain, What("aᵀ·b"));
        c = Framed<T>.Output(m * n, offset);
        Gemm.MultiplyTranspose(a.Matrix(m, k), bt.Matrix(n, k), c.Matrix(m, n));
        c.ShouldHold(plain, What("a·bᵀ"));

        string What(string product) => $"{product}, {typeof(T).Name}, m {m}, k {k}, n {n}";
    }

    private static T Relu(T number) => number <= T.Zero ? T.Zero : number;

    private T[] Twin(T[] start)
    {
        var c = new T[m * n];
        for (int column = 0; column < n; column++)
        {
            for (int row = 0; row < m; row++)
            {
                T sum = start[column];
                for (int i = 0; i < k; i++)
                    sum = T.FusedMultiplyAdd(A[(i * m) + row], B[(column * k) + i], sum);
                c[(column * m) + row] = sum;
            }
        }

        return c;
    }

    private static T[] Transposed(T[] matrix, int rows, int columns)
    {
        var transposed = new T[matrix.Length];
        for (int column = 0; column < columns; column++)
        {
            for (int row = 0; row < rows; row++)
                transposed[(row * columns) + column] = matrix[(column * rows) + row];
        }

        return transposed;
    }

    private static T[] Numbers(int count, int seed)
    {
        var random = new CounterRandom((ulong)seed);
        var numbers = new T[count];
        for (int i = 0; i < count; i++)
            numbers[i] = T.CreateTruncating((random.NextDouble() * 4) - 2);
        return numbers;
    }
}
