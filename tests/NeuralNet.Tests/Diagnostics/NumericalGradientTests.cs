using Vector = MathNet.Numerics.LinearAlgebra.Vector<double>;

namespace NeuralNet.Tests;

public class NumericalGradientTests
{
    // worked_examples.json, numerical_gradient: f(x) = x0² + x1², the tutorial's numbers, recomputed with NumPy in float64.
    [Fact]
    public void The_derivatives_of_the_tutorials_function_are_its_digits()
    {
        NumericalGradient.Of(x => (x * x) + 16, 3).Should().Be(6.00000000000378);
        NumericalGradient.Of(x => 9 + (x * x), 4).Should().Be(7.999999999999119);
        NumericalGradient.Of(SumOfSquares, Vector.Build.Dense([3, 4])).Should().Equal(6.00000000000378, 7.999999999999119);
    }

    [Fact]
    public void Descent_from_the_tutorials_start_ends_where_it_ends()
    {
        Vector start = Vector.Build.Dense([-3, 4]);
        IReadOnlyList<Vector> path = GradientDescent.Minimize(SumOfSquares, start, learningRate: 0.1, steps: 100);

        path.Should().HaveCount(101);
        path[0].Should().Equal(-3, 4);
        path[^1].Should().Equal(-6.111107928998789e-10, 8.148143905314271e-10);
        start.Should().Equal(-3, 4);
    }

    [Fact]
    public void A_rate_too_large_diverges_and_one_too_small_hardly_moves()
    {
        // By hand: each step multiplies x by 1 - 2·rate: 1 - 20 = -19 and 1 - 2e-10.
        GradientDescent.Minimize(SumOfSquares, Vector.Build.Dense([-3, 4]), learningRate: 10, steps: 3)[^1].L2Norm().Should().BeGreaterThan(30_000);
        GradientDescent.Minimize(SumOfSquares, Vector.Build.Dense([-3, 4]), learningRate: 1e-10, steps: 100)[^1][0].Should().BeApproximately(-3, 1e-6);
        GradientDescent.Minimize(SumOfSquares, Vector.Build.Dense([-3, 4]), steps: 0).Should().ContainSingle();
    }

    [Fact]
    public void The_gradient_of_a_matrix_has_its_shape_and_leaves_it_alone()
    {
        // By hand: f = Σ x_ij³ / 3, so df/dx_ij = x_ij².
        Matrix<double> x = Make.Rows([1, 2, 3], [-1, 0, 0.5]);
        Matrix<double> gradient = NumericalGradient.Of(m => m.Enumerate().Sum(value => value * value * value) / 3, x);

        gradient.ShouldBeClose(Make.Rows([1, 4, 9], [1, 0, 0.25]), 1e-8);
        x.ShouldBeBits(Make.Rows([1, 2, 3], [-1, 0, 0.5]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1e-4)]
    [InlineData(double.NaN)]
    public void The_step_is_greater_than_0(double h) =>
        FluentActions.Invoking(() => NumericalGradient.Of(x => x, 1, h))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("h must be greater than 0 and finite; got *");

    [Fact]
    public void Descent_wants_a_rate_and_steps_in_range()
    {
        FluentActions.Invoking(() => GradientDescent.Minimize(SumOfSquares, Vector.Build.Dense(2), 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => GradientDescent.Minimize(SumOfSquares, Vector.Build.Dense(2), 0.1, -1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static double SumOfSquares(Vector x) => (x[0] * x[0]) + (x[1] * x[1]);
}
