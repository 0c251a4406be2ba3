using MathNet.Numerics.Providers.LinearAlgebra;
using NeuralNet.Kernels;
using Transpose = MathNet.Numerics.Providers.LinearAlgebra.Transpose;

namespace NeuralNet.Tests;

/// <summary>The provider's own part, the products, called directly; the expected values are the managed provider's and the kernels'.</summary>
public class ProviderProductTests
{
    private static readonly ManagedLinearAlgebraProvider Managed = ManagedLinearAlgebraProvider.Instance;
    private static readonly SimdLinearAlgebraProvider Simd = new();

    public static TheoryData<Transpose, Transpose, double, double> Updates
    {
        get
        {
            Transpose[] ops = [Transpose.DontTranspose, Transpose.Transpose, Transpose.ConjugateTranspose];
            var rows = new TheoryData<Transpose, Transpose, double, double>();
            foreach (Transpose opA in ops)
            {
                foreach (Transpose opB in ops)
                {
                    foreach (double alpha in new[] { 0, 1, -1, 0.75 })
                    {
                        foreach (double beta in new[] { 0, 1, -1, 0.3 })
                            rows.Add(opA, opB, alpha, beta);
                    }
                }
            }

            return rows;
        }
    }

    [Theory, MemberData(nameof(Updates))]
    public void An_update_is_that_of_the_managed_provider(Transpose opA, Transpose opB, double alpha, double beta)
    {
        (int M, int K, int N)[] sizes = [(7, 5, 3), (1, 9, 4), (9, 4, 1), (1, 6, 1), (3, 1, 5), (33, 17, 19), (2, 0, 3), (0, 2, 3), (2, 3, 0)];
        foreach ((int m, int k, int n) in sizes)
        {
            (int rowsA, int columnsA) = opA == Transpose.DontTranspose ? (m, k) : (k, m);
            (int rowsB, int columnsB) = opB == Transpose.DontTranspose ? (k, n) : (n, k);
            double[] a = Numbers(m * k, seed: 1), b = Numbers(k * n, seed: 2), c = Numbers(m * n, seed: 3), expected = [.. c];
            float[] a32 = Single(a), b32 = Single(b), c32 = Single(c), expected32 = [.. c32];

            Managed.MatrixMultiplyWithUpdate(opA, opB, alpha, a, rowsA, columnsA, b, rowsB, columnsB, beta, expected);
            Simd.MatrixMultiplyWithUpdate(opA, opB, alpha, a, rowsA, columnsA, b, rowsB, columnsB, beta, c);
            ShouldBeClose(c, expected, 1e-13);

            Managed.MatrixMultiplyWithUpdate(opA, opB, (float)alpha, a32, rowsA, columnsA, b32, rowsB, columnsB, (float)beta, expected32);
            Simd.MatrixMultiplyWithUpdate(opA, opB, (float)alpha, a32, rowsA, columnsA, b32, rowsB, columnsB, (float)beta, c32);
            ShouldBeClose(c32.Select(value => (double)value), expected32.Select(value => (double)value), 1e-5);
        }
    }

    [Fact]
    public void A_product_has_the_bits_of_the_layers()
    {
        Matrix<float> a = Make.Uniform<float>(70, 401, seed: 1), b = Make.Uniform<float>(401, 37, seed: 2), expected = Matrix<float>.Build.Dense(70, 37);
        Gemm.Multiply(a.View(), b.View(), default, expected.View());
        var result = new float[70 * 37];
        Array.Fill(result, float.NaN);

        Simd.MatrixMultiply(a.AsColumnMajorArray(), 70, 401, b.AsColumnMajorArray(), 401, 37, result);

        result.Should().Equal(expected.AsColumnMajorArray());
    }

    [Fact]
    public void Beta_0_does_not_read_c_and_alpha_0_does_not_read_the_factors()
    {
        foreach (ILinearAlgebraProvider provider in new ILinearAlgebraProvider[] { Managed, Simd })
        {
            Update(provider, alpha: 1, [2], beta: 0, double.NaN).Should().Be(6);
            Update(provider, alpha: 0, [double.NaN], beta: 2, 5).Should().Be(10);
            Update(provider, alpha: 0, [double.NaN], beta: 0, double.NaN).Should().Be(0);
            Update(provider, alpha: 0, [double.NaN], beta: 1, 5).Should().Be(5);
            Update(provider, alpha: double.NaN, [2], beta: 0, 5).Should().Be(double.NaN);
            Update(provider, alpha: 1, [2], beta: double.NaN, 5).Should().Be(double.NaN);
            Update(provider, alpha: 1, [0], beta: 1, double.PositiveInfinity).Should().Be(double.PositiveInfinity);
        }

        static double Update(ILinearAlgebraProvider provider, double alpha, double[] a, double beta, double c)
        {
            double[] result = [c];
            provider.MatrixMultiplyWithUpdate(Transpose.DontTranspose, Transpose.DontTranspose, alpha, a, 1, 1, [3.0], 1, 1, beta, result);
            return result[0];
        }
    }

    [Fact]
    public void The_result_may_be_the_array_of_a_factor()
    {
        // [1 3; 2 4]·[5 7; 6 8], by hand; the managed provider gives zeros.
        double[] product = [23, 34, 31, 46];
        double[] x = [1, 2, 3, 4], y = [5, 6, 7, 8], both = [1, 2, 3, 4], updated = [1, 2, 3, 4];

        Simd.MatrixMultiply(x, 2, 2, [5.0, 6, 7, 8], 2, 2, x);
        Simd.MatrixMultiply([1.0, 2, 3, 4], 2, 2, y, 2, 2, y);
        Simd.MatrixMultiply(both, 2, 2, both, 2, 2, both);
        Simd.MatrixMultiplyWithUpdate(Transpose.Transpose, Transpose.DontTranspose, 1, updated, 2, 2, [5.0, 6, 7, 8], 2, 2, 2, updated);

        x.Should().Equal(product);
        y.Should().Equal(product);
        both.Should().Equal(7, 10, 15, 22);
        // [1 2; 3 4]·[5 7; 6 8] + 2·[1 3; 2 4].
        updated.Should().Equal(17 + 2, 39 + 4, 23 + 6, 53 + 8);
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_named()
    {
        var four = new double[4];
        Multiply(null!, 2, 2, four, 2, 2, four).Should().Throw<ArgumentNullException>().WithParameterName("x");
        Multiply(four, 2, 2, null!, 2, 2, four).Should().Throw<ArgumentNullException>().WithParameterName("y");
        Multiply(four, 2, 2, four, 2, 2, null!).Should().Throw<ArgumentNullException>().WithParameterName("result");
        Multiply(four, 2, 3, four, 3, 2, four).Should().Throw<ArgumentOutOfRangeException>().WithMessage("x [2, 3] expects 6 values, got 4.*");
        Multiply(four, 2, 2, four, 2, 3, four).Should().Throw<ArgumentOutOfRangeException>().WithMessage("y [2, 3] expects 6 values, got 4.*");
        Multiply(four, 2, 2, four, 2, 2, new double[5]).Should().Throw<ArgumentOutOfRangeException>().WithMessage("result [2, 2] expects 4 values, got 5.*");
        Multiply(four, -2, -2, four, -2, -2, four).Should().Throw<ArgumentOutOfRangeException>().WithMessage("x must have at least 0 rows and columns; got [-2, -2].*");
        Multiply(four, 2, 2, four, 4, 1, four).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("A product expects as many rows on the right as columns on the left, got [2, 2] times [4, 1].*");
        // 65536 · 65536 is 0 in 32 bits.
        Multiply([], 65536, 65536, [], 65536, 65536, []).Should().Throw<ArgumentOutOfRangeException>().WithMessage("x [65536, 65536] expects 4294967296 values, got 0.*");

        Action update = () => Simd.MatrixMultiplyWithUpdate(Transpose.Transpose, Transpose.DontTranspose, 1, new double[6], 2, 3, new double[6], 3, 2, 0, four);
        update.Should().Throw<ArgumentOutOfRangeException>().WithMessage("A product expects as many rows on the right as columns on the left, got [3, 2] times [3, 2].*");

        static Action Multiply(double[] x, int rowsX, int columnsX, double[] y, int rowsY, int columnsY, double[] result) =>
            () => Simd.MatrixMultiply(x, rowsX, columnsX, y, rowsY, columnsY, result);
    }

    private static double[] Numbers(int count, int seed) => count == 0 ? [] : Make.Uniform(count, 1, seed).AsColumnMajorArray();

    private static float[] Single(double[] numbers) => [.. numbers.Select(number => (float)number)];

    private static void ShouldBeClose(IEnumerable<double> found, IEnumerable<double> expected, double tolerance) =>
        found.Zip(expected, (one, other) => Math.Abs(one - other)).DefaultIfEmpty().Max().Should().BeLessThanOrEqualTo(tolerance * expected.Select(Math.Abs).DefaultIfEmpty().Max());
}
