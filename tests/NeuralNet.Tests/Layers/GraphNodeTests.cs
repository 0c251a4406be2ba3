namespace NeuralNet.Tests;

/// <summary>The computational graphs of <em>Deep Learning from Scratch</em>, chapter 5, from nodes.</summary>
public class GraphNodeTests
{
    [Fact]
    public void The_square_of_a_sum()
    {
        // By hand: z = (x + y)² at (2, 3): t = 5, z = 25; dz/dt = t + t = 10, so dz/dx = dz/dy = 10.
        var add = new Add<double>();
        var square = new Multiply<double>();
        Matrix<double> t = add.Forward(Scalar(2), Scalar(3));
        square.Forward(t, t)[0, 0].Should().Be(25);
        (Matrix<double> left, Matrix<double> right) = square.Backward(Scalar(1));
        (Matrix<double> dx, Matrix<double> dy) = add.Backward(left + right);

        (dx[0, 0], dy[0, 0]).Should().Be((10, 10));
    }

    [Theory]
    [InlineData(1e200)]
    [InlineData(1e-200)]
    public void The_gradient_of_a_divisor_is_as_large_as_it_is(double number)
    {
        // By hand: dz/dy = -x/y² is -1/y where x = y, though y² is infinite, or 0.
        var divide = new Divide<double>();
        divide.Forward(Scalar(number), Scalar(number))[0, 0].Should().Be(1);
        divide.Backward(Scalar(1)).Y[0, 0].Should().Be(-1 / number);
    }

    [Fact]
    public void Two_apples()
    {
        // The book's example: 2 apples at 100, tax 1.1: 220; gradients 2.2 of the price, 110 of the number, 200 of the tax.
        var apples = new Multiply<double>();
        var total = new Multiply<double>();
        total.Forward(apples.Forward(Scalar(100), Scalar(2)), Scalar(1.1))[0, 0].Should().BeApproximately(220, 1e-12);
        (Matrix<double> dApples, Matrix<double> dTax) = total.Backward(Scalar(1));
        (Matrix<double> dPrice, Matrix<double> dNumber) = apples.Backward(dApples);

        dPrice[0, 0].Should().BeApproximately(2.2, 1e-12);
        dNumber[0, 0].Should().BeApproximately(110, 1e-12);
        dTax[0, 0].Should().Be(200);
    }

    [Fact]
    public void Apples_and_oranges()
    {
        // The book's example: 2 apples at 100 and 3 oranges at 150, tax 1.1: 715; gradients 110, 2.2 (apples), 3.3, 165 (oranges), 650 (tax).
        Multiply<double> apples = new(), oranges = new(), total = new();
        var sum = new Add<double>();
        Matrix<double> price = sum.Forward(apples.Forward(Scalar(100), Scalar(2)), oranges.Forward(Scalar(150), Scalar(3)));
        total.Forward(price, Scalar(1.1))[0, 0].Should().BeApproximately(715, 1e-12);
        (Matrix<double> dSum, Matrix<double> dTax) = total.Backward(Scalar(1));
        (Matrix<double> dApples, Matrix<double> dOranges) = sum.Backward(dSum);
        (Matrix<double> dApplePrice, Matrix<double> dAppleNumber) = apples.Backward(dApples);
        (Matrix<double> dOrangePrice, Matrix<double> dOrangeNumber) = oranges.Backward(dOranges);

        new[] { dAppleNumber[0, 0], dApplePrice[0, 0], dOrangePrice[0, 0], dOrangeNumber[0, 0], dTax[0, 0] }
            .Zip([110, 2.2, 3.3, 165, 650.0]).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-12 * pair.Second);
    }

    [Fact]
    public void A_sigmoid_from_nodes_is_the_Sigmoid_layer_forward_and_backward()
    {
        Matrix<double> x = Make.Uniform(3, 4, seed: 1), dy = Make.Uniform(3, 4, seed: 2), ones = Matrix<double>.Build.Dense(3, 4, 1);
        var negate = new Multiply<double>();
        var exp = new Exp<double>();
        var add = new Add<double>();
        var divide = new Divide<double>();
        var layer = new Sigmoid<double>();
        divide.Forward(ones, add.Forward(exp.Forward(negate.Forward(x, -ones)), ones)).ShouldBeClose(layer.Forward(x), MatrixAssertions.DoubleTolerance);

        Matrix<double> dSum = divide.Backward(dy).Y;
        Matrix<double> dx = negate.Backward(exp.Backward(add.Backward(dSum).X)).X;
        dx.ShouldBeClose(layer.Backward(dy), MatrixAssertions.DoubleTolerance);
    }

    [Theory]
    [InlineData("Add")]
    [InlineData("Multiply")]
    [InlineData("Divide")]
    public void Each_nodes_gradients_equal_numerical_ones(string node)
    {
        Matrix<double> x = Make.Uniform(2, 3, seed: 1), y = Make.Uniform(2, 3, seed: 2, low: 1, high: 2), dz = Make.Uniform(2, 3, seed: 3);
        Matrix<double> xBefore = x.Clone(), yBefore = y.Clone(), dzBefore = dz.Clone();
        Func<Matrix<double>, Matrix<double>, Matrix<double>> forward;
        Func<Matrix<double>, (Matrix<double> X, Matrix<double> Y)> backward;
        (forward, backward) = node switch
        {
            "Add" => Methods(new Add<double>()),
            "Multiply" => Methods(new Multiply<double>()),
            _ => Methods(new Divide<double>()),
        };
        forward(x, y);
        (Matrix<double> dx, Matrix<double> dy) = backward(dz);

        // Central differences with h = 1e-4: their own error is of order h² = 1e-8.
        dx.ShouldBeClose(NumericalGradient.Of(moved => forward(moved, y).PointwiseMultiply(dz).Enumerate().Sum(), x), 1e-7);
        dy.ShouldBeClose(NumericalGradient.Of(moved => forward(x, moved).PointwiseMultiply(dz).Enumerate().Sum(), y), 1e-7);
        x.ShouldBeBits(xBefore);
        y.ShouldBeBits(yBefore);
        dz.ShouldBeBits(dzBefore);
    }

    [Fact]
    public void Nodes_check_their_shapes_and_their_order_and_say_who_they_are()
    {
        var divide = new Divide<double>();
        FluentActions.Invoking(() => divide.Backward(Scalar(1)))
            .Should().Throw<InvalidOperationException>().WithMessage("Divide: Backward was called before Forward.");
        FluentActions.Invoking(() => divide.Forward(Scalar(1), Make.Rows([1, 2])))
            .Should().Throw<ArgumentException>().WithMessage("Divide expects y of shape [1, 1], got [1, 2].*");
        FluentActions.Invoking(() => new Multiply<double>().Backward(Scalar(1))).Should().Throw<InvalidOperationException>().WithMessage("Multiply: *");
        FluentActions.Invoking(() => new Add<double>().Backward(Scalar(1))).Should().Throw<InvalidOperationException>().WithMessage("Add: *");
        divide.Forward(Scalar(1), Scalar(2));
        FluentActions.Invoking(() => divide.Backward(Make.Rows([1, 2])))
            .Should().Throw<ArgumentException>().WithMessage("Divide expects an output gradient of shape [1, 1], got [1, 2].*");
    }

    private static Matrix<double> Scalar(double value) => Make.Rows([value]);

    private static (Func<Matrix<double>, Matrix<double>, Matrix<double>>, Func<Matrix<double>, (Matrix<double>, Matrix<double>)>) Methods(Add<double> node) => (node.Forward, node.Backward);

    private static (Func<Matrix<double>, Matrix<double>, Matrix<double>>, Func<Matrix<double>, (Matrix<double>, Matrix<double>)>) Methods(Multiply<double> node) => (node.Forward, node.Backward);

    private static (Func<Matrix<double>, Matrix<double>, Matrix<double>>, Func<Matrix<double>, (Matrix<double>, Matrix<double>)>) Methods(Divide<double> node) => (node.Forward, node.Backward);
}
