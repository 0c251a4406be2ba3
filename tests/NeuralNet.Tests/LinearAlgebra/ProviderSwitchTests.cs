using MathNet.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace NeuralNet.Tests;

/// <summary>MathNet's own matrices after the switch: products equal to rounding, the rest equal to the bit.</summary>
[Collection(ProcessWideSettings.Collection)]
public class ProviderSwitchTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 9, 1)]
    [InlineData(1, 9, 5)]
    [InlineData(9, 5, 1)]
    [InlineData(7, 1, 9)]
    [InlineData(13, 17, 19)]
    [InlineData(49, 65, 33)]
    [InlineData(101, 401, 51)]
    public void Products_of_matrices_equal_the_managed_ones(int m, int k, int n)
    {
        Check<double>(m, k, n, MatrixAssertions.DoubleTolerance);
        Check<float>(m, k, n, MatrixAssertions.SingleTolerance);
    }

    [Fact]
    public void A_product_into_one_of_its_factors_is_the_product()
    {
        Matrix<double> a = Make.Uniform(9, 9, seed: 1), b = Make.Uniform(9, 9, seed: 2);
        Matrix<double> expected = ProcessWideSettings.Under(ManagedLinearAlgebraProvider.Instance, () => a * b);

        ProcessWideSettings.Under(new SimdLinearAlgebraProvider(), () => Into(a.Clone(), result => result.Multiply(b, result))).ShouldBeClose(expected, 1e-14);
        ProcessWideSettings.Under(new SimdLinearAlgebraProvider(), () => Into(b.Clone(), result => a.Multiply(result, result))).ShouldBeClose(expected, 1e-14);

        // Two matrices over one array: MathNet sees two objects and passes the array on as both.
        ProcessWideSettings.Under(new SimdLinearAlgebraProvider(), () => Into(a.Clone(), result => Matrix<double>.Build.Dense(9, 9, result.AsColumnMajorArray()).Multiply(b, result)))
            .ShouldBeClose(expected, 1e-14);

        static Matrix<double> Into(Matrix<double> result, Action<Matrix<double>> multiply)
        {
            multiply(result);
            return result;
        }
    }

    [Fact]
    public void The_rest_of_linear_algebra_is_the_managed_one()
    {
        double[] managed = ProcessWideSettings.Under(ManagedLinearAlgebraProvider.Instance, Everything);
        double[] simd = ProcessWideSettings.Under(new SimdLinearAlgebraProvider(), Everything);

        simd.Should().Equal(managed).And.OnlyContain(value => double.IsFinite(value));
        simd.Should().HaveCountGreaterThan(200);

        static double[] Everything()
        {
            Matrix<double> a = Make.Uniform(6, 6, seed: 1) + (5 * Matrix<double>.Build.DenseIdentity(6)), symmetric = (a + a.Transpose()) / 2;
            var (v, w) = (a.Column(0), a.Column(1));
            var svd = a.Svd();
            var eigen = symmetric.Evd();
            Matrix<double>[] matrices =
            [
                a + symmetric, a - symmetric, 3 * a, a.PointwiseMultiply(symmetric), a.PointwiseDivide(symmetric), a.LU().L, a.LU().U, a.Inverse(), a.QR().Q, a.QR().R,
                symmetric.Cholesky().Factor, svd.U, svd.W, svd.VT, eigen.EigenVectors, eigen.D, a.Solve(symmetric),
            ];
            return [.. matrices.SelectMany(matrix => matrix.Enumerate()), v * w, v.L2Norm(), a.L1Norm(), a.FrobeniusNorm(), a.InfinityNorm(), a.Determinant(), .. a.Solve(v), .. v + w];
        }
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        using var settings = new ProcessWideSettings();
        SimdLinearAlgebraProvider.Use();
        Matrix<float> a = Make.Uniform<float>(301, 777, seed: 1), b = Make.Uniform<float>(777, 203, seed: 2), a2 = Make.Uniform<float>(203, 777, seed: 3);
        Control.MaxDegreeOfParallelism = 1;
        Matrix<float>[] one = Products();

        foreach (int threads in new[] { 2, 3 })
        {
            Control.MaxDegreeOfParallelism = threads;
            foreach ((Matrix<float> found, Matrix<float> expected) in Products().Zip(one))
                found.ShouldBeBits(expected, $"the product on {threads} threads");
        }

        Matrix<float>[] Products() => [a * b, a.TransposeThisAndMultiply(a), a.TransposeAndMultiply(a2), (a * b.Column(0)).ToColumnMatrix()];
    }

    [Fact]
    public void Use_sets_the_provider_and_the_library_does_not()
    {
        using var settings = new ProcessWideSettings();
        LinearAlgebraControl.UseManaged();
        Network.Input<float>(4).Affine(3).SoftmaxWithLoss().Build(seed: 1).Predict(Make.Uniform<float>(2, 4, seed: 1));
        LinearAlgebraControl.Provider.Should().BeOfType<ManagedLinearAlgebraProvider>();

        SimdLinearAlgebraProvider.Use();

        LinearAlgebraControl.Provider.Should().BeOfType<SimdLinearAlgebraProvider>();
        Control.Describe().Should().Contain("NeuralNet SIMD");
    }

    private static void Check<T>(int m, int k, int n, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Matrix<T> a = Make.Uniform<T>(m, k, seed: 1), b = Make.Uniform<T>(k, n, seed: 2), at = a.Transpose(), bt = b.Transpose();
        (string Name, Func<Matrix<T>> Compute)[] products =
        [
            ("A * B", () => a * b),
            ("TransposeThisAndMultiply", () => at.TransposeThisAndMultiply(b)),
            ("TransposeAndMultiply", () => a.TransposeAndMultiply(bt)),
            ("Multiply into a result", () => Into(result => a.Multiply(b, result))),
            ("TransposeThisAndMultiply into a result", () => Into(result => at.TransposeThisAndMultiply(b, result))),
            ("TransposeAndMultiply into a result", () => Into(result => a.TransposeAndMultiply(bt, result))),
            ("A * v", () => (a * b.Column(0)).ToColumnMatrix()),
            ("v * B", () => (a.Row(0) * b).ToRowMatrix()),
            ("TransposeThisAndMultiply of a vector", () => at.TransposeThisAndMultiply(b.Column(0)).ToColumnMatrix()),
        ];
        foreach ((string name, Func<Matrix<T>> compute) in products)
        {
            Matrix<T> expected = ProcessWideSettings.Under(ManagedLinearAlgebraProvider.Instance, compute);
            ProcessWideSettings.Under(new SimdLinearAlgebraProvider(), compute).ShouldBeClose(expected.AsDouble(), tolerance, name);
        }

        Matrix<T> Into(Action<Matrix<T>> multiply)
        {
            Matrix<T> result = Matrix<T>.Build.Dense(m, n, T.NaN);
            multiply(result);
            return result;
        }
    }
}
