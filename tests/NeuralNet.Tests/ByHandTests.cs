namespace NeuralNet.Tests;

/// <summary>Layers on numbers small enough for paper; every step of the arithmetic stands in the comment.</summary>
public class ByHandTests
{
    private const double Tolerance = MatrixAssertions.DoubleTolerance;

    [Fact]
    public void Affine()
    {
        // W = [1 2; 3 4; 5 6] (3 in, 2 out), b = [10 20], x = [1 2 3; 0 1 -1].
        // y, row 1: [1·1 + 2·3 + 3·5 + 10, 1·2 + 2·4 + 3·6 + 20] = [22 + 10, 28 + 20] = [32, 48].
        // y, row 2: [0·1 + 1·3 - 1·5 + 10, 0·2 + 1·4 - 1·6 + 20] = [-2 + 10, -2 + 20] = [8, 18].
        var layer = new Affine<double>(Make.Rows([1, 2], [3, 4], [5, 6]), Make.Rows([10, 20]));
        layer.Forward(Make.Rows([1, 2, 3], [0, 1, -1])).ShouldBeValues(Make.Rows([32, 48], [8, 18]));

        // dy = [1 0; 2 -1].
        // dx = dy·Wᵀ, row 1: [1·1 + 0·2, 1·3 + 0·4, 1·5 + 0·6] = [1, 3, 5]; row 2: [2·1 - 1·2, 2·3 - 1·4, 2·5 - 1·6] = [0, 2, 4].
        layer.Backward(Make.Rows([1, 0], [2, -1])).ShouldBeValues(Make.Rows([1, 3, 5], [0, 2, 4]));

        // dW = xᵀ·dy, row 1: [1·1 + 0·2, 1·0 + 0·-1] = [1, 0]; row 2: [2·1 + 1·2, 2·0 + 1·-1] = [4, -1]; row 3: [3·1 - 1·2, 3·0 - 1·-1] = [1, 1].
        layer.Weight.Gradient.ShouldBeValues(Make.Rows([1, 0], [4, -1], [1, 1]));

        // db = the column sums of dy: [1 + 2, 0 - 1] = [3, -1].
        layer.Bias!.Gradient.ShouldBeValues(Make.Rows([3, -1]));
    }

    [Fact]
    public void Relu()
    {
        // y = max(x, 0): 1 stays, -0.5 becomes 0; -2 becomes 0, 3 stays.
        var layer = new Relu<double>();
        layer.Forward(Make.Rows([1, -0.5], [-2, 3])).ShouldBeValues(Make.Rows([1, 0], [0, 3]));

        // dx = dy where x > 0, else 0.
        layer.Backward(Make.Rows([5, 6], [7, 8])).ShouldBeValues(Make.Rows([5, 0], [0, 8]));

        // At x = 0 exactly the slope is 0.
        layer.Forward(Make.Rows([0]));
        layer.Backward(Make.Rows([5])).ShouldBeValues(Make.Rows([0]));
    }

    [Fact]
    public void Sigmoid()
    {
        // x = [0, log 3; -log 3, log 9].
        // e^-x = [1, 1/3; 3, 1/9], so y = 1 / (1 + e^-x) = [1/2, 3/4; 1/4, 9/10].
        var layer = new Sigmoid<double>();
        double log3 = Math.Log(3);
        layer.Forward(Make.Rows([0, log3], [-log3, 2 * log3])).ShouldBeClose(Make.Rows([0.5, 0.75], [0.25, 0.9]), Tolerance);

        // y·(1 - y) = [1/4, 3/16; 3/16, 9/100]; with dy = [4, 16; -16, 100]: dx = [1, 3; -3, 9].
        layer.Backward(Make.Rows([4, 16], [-16, 100])).ShouldBeClose(Make.Rows([1, 3], [-3, 9]), Tolerance);
    }

    [Fact]
    public void SoftmaxWithLoss()
    {
        // x = [0, log 3; log 4, 0]: e^x = [1, 3; 4, 1], row sums 4 and 5, so y = [1/4, 3/4; 4/5, 1/5].
        var loss = new SoftmaxWithLoss<double>();
        Matrix<double> x = Make.Rows([0, Math.Log(3)], [Math.Log(4), 0]);
        loss.Forward(x).ShouldBeClose(Make.Rows([0.25, 0.75], [0.8, 0.2]), Tolerance);

        // dy = [1, 0; 0, 1]: Σ y·dy = 1/4 and 1/5; dx = y·(dy - Σ y·dy) = [1/4·3/4, -3/4·1/4; -4/5·1/5, 1/5·4/5] = [3/16, -3/16; -4/25, 4/25].
        loss.Backward(Make.Rows([1, 0], [0, 1])).ShouldBeClose(Make.Rows([0.1875, -0.1875], [-0.16, 0.16]), Tolerance);

        // Classes 1 and 0: the losses are -log(3/4) and -log(4/5); their mean is -log(3/4·4/5) / 2 = -log(3/5) / 2 = 0.510825623765990683 / 2 = 0.255412811882995342.
        loss.Forward(x, Make.Rows([0, 1], [1, 0])).ShouldBeClose(0.255412811882995342, Tolerance);

        // dx = (y - t) / 2 = [1/4 - 0, 3/4 - 1; 4/5 - 1, 1/5 - 0] / 2 = [0.125, -0.125; -0.1, 0.1].
        loss.Backward().ShouldBeClose(Make.Rows([0.125, -0.125], [-0.1, 0.1]), Tolerance);

        // Weights 3 and 1: (3·-log(3/4) - log(4/5)) / 4 = -log(27/64·4/5) / 4 = -log(27/80) / 4 = 1.08618976866955254 / 4 = 0.271547442167388135.
        loss.Forward(x, Make.Rows([0, 1], [1, 0]), [3, 1]).ShouldBeClose(0.271547442167388135, Tolerance);

        // dx = (y - t)·w / 4 = [1/4·3/4, -1/4·3/4; -1/5·1/4, 1/5·1/4] = [0.1875, -0.1875; -0.05, 0.05].
        loss.Backward().ShouldBeClose(Make.Rows([0.1875, -0.1875], [-0.05, 0.05]), Tolerance);
    }
}
