namespace NeuralNet.Samples.FromScratch.Chapters;

/// <summary>Gradients carried backward, node by node.</summary>
internal sealed class ChainRule : IChapter
{
    public string Name => "chain-rule";

    public string Title => "gradients carried backward, node by node";

    public void Run(Figures figures, Options options)
    {
        SquareOfSum(figures);
        Apples(figures);
        ApplesAndOranges(figures);
        SigmoidFromNodes(figures);
        BiasGradient(figures);
    }

    private static void SquareOfSum(Figures figures)
    {
        figures.Example(
            "z = (x + y)² at x = 2, y = 3",
            "s = x + y and z = s·s. The product hands s back twice, once for each factor: dz/ds = s + s = 10.");

        var sum = new Add<double>();
        var square = new Multiply<double>();
        Matrix<double> s = sum.Forward(Rows.Number(2), Rows.Number(3));
        Matrix<double> z = square.Forward(s, s);
        (Matrix<double> left, Matrix<double> right) = square.Backward(Rows.Number(1));
        (Matrix<double> dx, Matrix<double> dy) = sum.Backward(left + right);

        figures.Matrix("z", z, [[25]], digits: 15);
        figures.Matrix("dz/dx", dx, [[10]], digits: 15);
        figures.Matrix("dz/dy", dy, [[10]], digits: 15);
        figures.Number("dz/dx, numerical", NumericalGradient.Of(x => (x + 3) * (x + 3), 2.0), 10, digits: 9);
    }

    private static void Apples(Figures figures)
    {
        figures.Example("Two apples at 100, and tax", "(price · number) · 1.1.");

        var apples = new Multiply<double>();
        var taxed = new Multiply<double>();
        Matrix<double> price = apples.Forward(Rows.Number(100), Rows.Number(2));
        Matrix<double> total = taxed.Forward(price, Rows.Number(1.1));
        (Matrix<double> dPrice, Matrix<double> dTax) = taxed.Backward(Rows.Number(1));
        (Matrix<double> dApple, Matrix<double> dNumber) = apples.Backward(dPrice);

        figures.Matrix("to pay", total, [[220]], digits: 15);
        figures.Matrix("for one more on an apple's price", dApple, [[2.2]], digits: 15);
        figures.Matrix("for one apple more", dNumber, [[110]], digits: 15);
        figures.Matrix("for one more on the tax", dTax, [[200]], digits: 15);
    }

    private static void ApplesAndOranges(Figures figures)
    {
        figures.Example("Two apples at 100, three oranges at 150, and tax", "(apple · 2 + orange · 3) · 1.1.");

        var apples = new Multiply<double>();
        var oranges = new Multiply<double>();
        var both = new Add<double>();
        var taxed = new Multiply<double>();

        Matrix<double> applePrice = apples.Forward(Rows.Number(100), Rows.Number(2));
        Matrix<double> orangePrice = oranges.Forward(Rows.Number(150), Rows.Number(3));
        Matrix<double> price = both.Forward(applePrice, orangePrice);
        Matrix<double> total = taxed.Forward(price, Rows.Number(1.1));

        (Matrix<double> dPrice, Matrix<double> dTax) = taxed.Backward(Rows.Number(1));
        (Matrix<double> dApplePrice, Matrix<double> dOrangePrice) = both.Backward(dPrice);
        (Matrix<double> dOrange, Matrix<double> dOrangeNumber) = oranges.Backward(dOrangePrice);
        (Matrix<double> dApple, Matrix<double> dAppleNumber) = apples.Backward(dApplePrice);

        figures.Matrix("to pay", total, [[715]], digits: 15);
        figures.Matrix("for one apple more", dAppleNumber, [[110]], digits: 15);
        figures.Matrix("for one more on an apple's price", dApple, [[2.2]], digits: 15);
        figures.Matrix("for one more on an orange's price", dOrange, [[3.3]], digits: 15);
        figures.Matrix("for one orange more", dOrangeNumber, [[165]], digits: 15);
        figures.Matrix("for one more on the tax", dTax, [[650]], digits: 15);
    }

    private static void SigmoidFromNodes(Figures figures)
    {
        figures.Example(
            "The sigmoid, taken apart",
            """
            y = 1 / (1 + e^(-1·x)) as the nodes multiply, exp, add, divide. Their four small derivatives make up
            dy/dx = y·(1 - y); "expected" is the Sigmoid layer.
            """);

        Matrix<double> x = Rows.Of([-2, 0, 0.5, 3]);
        Matrix<double> ones = Rows.Of([1, 1, 1, 1]);
        var negate = new Multiply<double>();
        var exp = new Exp<double>();
        var plusOne = new Add<double>();
        var reciprocal = new Divide<double>();

        Matrix<double> e = exp.Forward(negate.Forward(x, -ones));
        Matrix<double> y = reciprocal.Forward(ones, plusOne.Forward(ones, e));

        Matrix<double> dSum = reciprocal.Backward(ones).Y;
        Matrix<double> dExp = plusOne.Backward(dSum).Y;
        Matrix<double> dx = negate.Backward(exp.Backward(dExp)).X;

        var sigmoid = new Sigmoid<double>();
        figures.Matrix("y", y, sigmoid.Forward(x).ToRowArrays(), digits: 14);
        figures.Matrix("dy/dx", dx, sigmoid.Backward(ones).ToRowArrays(), digits: 14);
    }

    private static void BiasGradient(Figures figures)
    {
        figures.Example(
            "The bias: dL/db is not 1",
            """
            One tutorial prints dL/db = 1 for y = x·W + b. But b is added to every row, so that dL/db = the column sums of
            dL/dy. Here dL/dy = [[1 2 3], [4 5 6]]: L = Σ dL/dy · y, and moving b shows who is right.
            """);

        Matrix<double> x = Rows.Of([1, 2], [3, 4]);
        Matrix<double> w = Rows.Of([0.1, 0.2, 0.3], [0.4, 0.5, 0.6]);
        Matrix<double> b = Rows.Of([1, 2, 3]);
        Matrix<double> dy = Rows.Of([1, 2, 3], [4, 5, 6]);

        var layer = new Affine<double>(w, b);
        layer.Forward(x);
        layer.Backward(dy);
        Matrix<double> numeric = NumericalGradient.Of(bias => new Affine<double>(w, bias).Forward(x).PointwiseMultiply(dy).Enumerate().Sum(), b);

        figures.Matrix("dL/db, backward", layer.Bias!.Gradient, [[5, 7, 9]], digits: 15);
        figures.Matrix("dL/db, numerical", numeric, [[5, 7, 9]], digits: 9);
        figures.Answer("the gradient check passes", GradientCheck.Layer(layer, x).Passed, expected: true);
        figures.Answer("is dL/db = 1?", (numeric - 1).L2Norm() < 1e-6, expected: false);
    }
}
