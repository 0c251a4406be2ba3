namespace NeuralNet;

/// <summary>Compares what Backward says with central differences of what Forward computes, in double, element by element.</summary>
/// <remarks>
/// <para>
/// A layer's output is contracted with fixed random numbers to one number L; a loss is that number itself. A tensor passes if its
/// <see cref="TensorCheck.RelativeError"/> is at most 1e-7 at h = 1e-5: a derivative that is wrong by a thousandth is unmissable.
/// An element that misses this is differentiated once more, with five points at h = 1e-3, because near a minimum rounding drowns the small step.
/// In single precision no step is both small enough and large enough, so there is no check in float: check the layer in double.
/// </para>
/// <para>
/// At a kink the two sides have different slopes and the central difference is neither. Where the difference of the one-sided slopes does not shrink with h as a smooth
/// function's does, an analytic derivative between the two is accepted and counted in <see cref="TensorCheck.Kinks"/>.
/// </para>
/// <para>Parameters, states and the network's step are left as they were found; gradients are those of the check.</para>
/// </remarks>
public static class GradientCheck
{
    private const double Tolerance = 1e-7;
    private const double Step = 1e-5;

    /// <summary>Checks a layer's input gradient and the gradients of its parameters.</summary>
    /// <param name="layer">The layer, built if it has parameters; not in use elsewhere.</param>
    /// <param name="input">The batch, <c>[N, in]</c>; not written to.</param>
    /// <param name="seed">The seed of the contraction.</param>
    /// <returns>The report.</returns>
    public static GradientReport Layer(ILayer<double> layer, Matrix<double> input, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(input);
        (layer as IStepAware)?.EnterStep(new StepContext(Training: true, (ulong)seed, Step: 0));

        Matrix<double> x = Matrix<double>.Build.DenseOfMatrix(input);
        Matrix<double> output = layer.Forward(x);
        Matrix<double> contraction = Matrix<double>.Build.Dense(output.RowCount, output.ColumnCount);
        new Uniform(-1, 1).Fill(contraction.Values(), 1, 1, new CounterRandom((ulong)seed));

        Matrix<double> inputGradient = layer.Backward(contraction);
        return Check(() => layer.Forward(x).PointwiseMultiply(contraction).Enumerate().Sum(), layer.AllParameters(), x, inputGradient);
    }

    /// <summary>Checks the gradient of a loss with respect to its scores.</summary>
    /// <param name="loss">The loss; not in use elsewhere.</param>
    /// <param name="input">The scores, <c>[N, out]</c>; not written to.</param>
    /// <param name="target">The targets, <c>[N, out]</c>.</param>
    /// <param name="sampleWeights">A weight for each sample; none for equal weights.</param>
    /// <returns>The report.</returns>
    public static GradientReport Loss(ILossLayer<double> loss, Matrix<double> input, Matrix<double> target, double[]? sampleWeights = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(input);
        Matrix<double> x = Matrix<double>.Build.DenseOfMatrix(input);
        loss.Forward(x, target, sampleWeights);
        Matrix<double> inputGradient = loss.Backward();
        return Check(() => loss.Forward(x, target, sampleWeights), loss.AllParameters(), x, inputGradient);
    }

    /// <summary>Checks a whole network: the gradient of its loss with respect to its input and to every parameter.</summary>
    /// <param name="network">The network, with a loss layer.</param>
    /// <param name="input">The batch, <c>[N, in]</c>; not written to. Small networks and batches: every element costs two passes.</param>
    /// <param name="target">The targets: a matrix <c>[N, out]</c>, or labels.</param>
    /// <returns>The report.</returns>
    /// <exception cref="InvalidOperationException">The network has no loss layer.</exception>
    public static GradientReport Network(Network<double> network, Matrix<double> input, Targets<double> target)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(input);
        Matrix<double> x = Matrix<double>.Build.DenseOfMatrix(input);
        Matrix<double> t = target.Rows(0, target.Count, network.OutputShape.Size, new BatchBuffer<double>());
        network.Gradients(x, t);
        Matrix<double> inputGradient = network.Chain.BackwardToInput();
        return Check(() => network.Chain.Forward(x, t, default), network.Parameters, x, inputGradient);
    }

    private static GradientReport Check(Func<double> loss, IEnumerable<Parameter<double>> parameters, Matrix<double> input, Matrix<double> inputGradient)
    {
        // Backward's matrices are overwritten by later passes, so all are copied before the first of them.
        inputGradient = inputGradient.Clone();
        (Parameter<double> Parameter, Matrix<double> Gradient)[] learned = [.. parameters.Select(parameter => (parameter, parameter.Gradient.Clone()))];
        TensorCheck checkOfInput = Check("input", input, inputGradient, loss);
        return new GradientReport([checkOfInput, .. learned.Select(tensor => Check(tensor.Parameter.Name, tensor.Parameter.Value, tensor.Gradient, loss))], Tolerance);
    }

    private static TensorCheck Check(string name, Matrix<double> value, Matrix<double> analytic, Func<double> loss)
    {
        double center = loss();
        Matrix<double> numeric = value.Clone();
        for (int column = 0; column < value.ColumnCount; column++)
        {
            for (int row = 0; row < value.RowCount; row++)
                numeric[row, column] = Slopes(value, row, column, Step, center, loss).Central;
        }

        double largest = analytic.Enumerate().Max(Math.Abs);
        double scale = largest == 0 ? 1 : Math.Max(Math.Max(largest, numeric.Enumerate().Max(Math.Abs)), 1e-3 * Math.Abs(center));
        var worst = new TensorCheck(name, 0, 0, 0, analytic[0, 0], numeric[0, 0], 0, value.RowCount * value.ColumnCount);
        int kinks = 0;
        for (int column = 0; column < value.ColumnCount; column++)
        {
            for (int row = 0; row < value.RowCount; row++)
            {
                (double a, double n) = (analytic[row, column], numeric[row, column]);
                if (Math.Abs(a - n) > Tolerance * scale)
                    n = Closest(a, n, FivePoints(value, row, column, center, loss));
                double error = Math.Abs(a - n) / scale;
                if (error > Tolerance && IsKink(value, row, column, a, scale, center, loss))
                    kinks++;
                else if (error > worst.RelativeError || double.IsNaN(error))
                    worst = worst with { RelativeError = error, Row = row, Column = column, Analytic = a, Numeric = n };
            }
        }

        return worst with { Kinks = kinks };
    }

    // A smooth function's one-sided slopes approach each other in proportion to h; at a kink they stay apart, and next to one they meet at once.
    // Two proportions, because a kink at just the right distance can feign one of them.
    private static bool IsKink(Matrix<double> value, int row, int column, double analytic, double scale, double center, Func<double> loss)
    {
        const double Shrink = 10, Doubt = 0.05, Margin = 1e-4;
        var slopes = Slopes(value, row, column, Step, center, loss);
        double wideGap = Gap(Step * Shrink), gap = Math.Abs(slopes.Right - slopes.Left), narrowGap = Gap(Step / Shrink);
        bool isSmooth = gap <= Margin * scale || (Shrinks(wideGap, gap) && Shrinks(gap, narrowGap));
        return !isSmooth
            && analytic >= Math.Min(slopes.Left, slopes.Right) - (Margin * scale)
            && analytic <= Math.Max(slopes.Left, slopes.Right) + (Margin * scale);

        double Gap(double h)
        {
            var atStep = Slopes(value, row, column, h, center, loss);
            return Math.Abs(atStep.Right - atStep.Left);
        }

        static bool Shrinks(double from, double to) => Math.Abs(to - (from / Shrink)) <= Doubt * from;
    }

    private static double Closest(double target, double first, double second) => Math.Abs(second - target) < Math.Abs(first - target) ? second : first;

    // (8·(f(+h) - f(-h)) - (f(+2h) - f(-2h))) / 12h: the error is of order h⁴, so h can be large and rounding small.
    private static double FivePoints(Matrix<double> value, int row, int column, double center, Func<double> loss)
    {
        const double WideStep = 1e-3;
        double inner = Slopes(value, row, column, WideStep, center, loss).Central;
        double outer = Slopes(value, row, column, 2 * WideStep, center, loss).Central;
        return ((4 * inner) - outer) / 3;
    }

    private static (double Left, double Central, double Right) Slopes(Matrix<double> value, int row, int column, double h, double center, Func<double> loss)
    {
        double original = value[row, column];
        double above, below;
        try
        {
            value[row, column] = original + h;
            above = loss();
            value[row, column] = original - h;
            below = loss();
        }
        finally
        {
            value[row, column] = original;
        }

        return ((center - below) / h, (above - below) / (2 * h), (above - center) / h);
    }
}
