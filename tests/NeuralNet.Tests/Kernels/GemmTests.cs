using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>The matrix products against their scalar twin: a sum over k in order with fused multiply-add, so the bits are equal and not only near.</summary>
public class GemmTests
{
    [Theory, MemberData(nameof(KernelCases.Products), MemberType = typeof(KernelCases))]
    public void Products_are_those_of_the_scalar_twin_to_the_bit(int m, int k, int n)
    {
        Check<double>(m, k, n, threads: 1);
        Check<float>(m, k, n, threads: 1);
        Check<float>(m, k, n, threads: 3);
    }

    [Fact]
    public void NaN_and_infinity_reach_exactly_the_elements_that_they_belong_to()
    {
        Matrix<double> a = Make.Uniform(3, 4, seed: 1), b = Make.Uniform(4, 5, seed: 2), c = Matrix<double>.Build.Dense(3, 5);
        a[1, 2] = double.NaN;
        b[0, 3] = double.PositiveInfinity;
        Gemm.Multiply(a.View(), b.View(), default, c.View());

        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 5; column++)
            {
                double.IsNaN(c[row, column]).Should().Be(row == 1);
                double.IsInfinity(c[row, column]).Should().Be(row != 1 && column == 3);
            }
        }
    }

    [Fact]
    public void Zero_times_infinity_is_NaN_and_not_skipped()
    {
        Matrix<double> c = Matrix<double>.Build.Dense(1, 1);
        Gemm.Multiply(Make.Rows([0]).View(), Make.Rows([double.PositiveInfinity]).View(), default, c.View());

        c[0, 0].Should().Be(double.NaN);
    }

    private static void Check<T>(int m, int k, int n, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using ThreadLimit.Scope limit = ThreadLimit.Enter(threads);
        Matrix<T> a = Make.Uniform<T>(m, k, seed: 1), b = Make.Uniform<T>(k, n, seed: 2), bias = Make.Uniform<T>(1, n, seed: 3), none = Matrix<T>.Build.Dense(1, n);
        Matrix<T> at = a.Transpose(), bt = b.Transpose(), c = Dirty();

        Gemm.Multiply(a.View(), b.View(), bias.Values(), c.View());
        c.ShouldBeBits(Twin(a, b, bias), "a·b + bias");
        Gemm.Multiply(a.View(), b.View(), default, c.View());
        c.ShouldBeBits(Twin(a, b, none), "a·b");
        c = Dirty();
        Gemm.TransposeMultiply(at.View(), b.View(), c.View());
        c.ShouldBeBits(Twin(a, b, none), "aᵀ·b");
        c = Dirty();
        Gemm.MultiplyTranspose(a.View(), bt.View(), c.View());
        c.ShouldBeBits(Twin(a, b, none), "a·bᵀ");

        // What the result held before must not matter.
        Matrix<T> Dirty() => Matrix<T>.Build.Dense(m, n, T.NaN);
    }

    private static Matrix<T> Twin<T>(Matrix<T> a, Matrix<T> b, Matrix<T> bias)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Matrix<T> c = Matrix<T>.Build.Dense(a.RowCount, b.ColumnCount);
        for (int row = 0; row < a.RowCount; row++)
        {
            for (int column = 0; column < b.ColumnCount; column++)
            {
                T sum = bias[0, column];
                for (int i = 0; i < a.ColumnCount; i++)
                    sum = T.FusedMultiplyAdd(a[row, i], b[i, column], sum);
                c[row, column] = sum;
            }
        }

        return c;
    }
}
