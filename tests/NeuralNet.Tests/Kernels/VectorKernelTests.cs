using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Kernels over vectors against plain loops over numbers: the same bits, for every length around the vector widths.</summary>
public class VectorKernelTests
{
    /// <summary>Four vectors of the widest kind, and three more.</summary>
    private const int Longest = (4 * 16) + 3;

    [Fact]
    public void Elementwise_functions_are_those_of_plain_loops_to_the_bit()
    {
        Both<float>();
        Both<double>();

        static void Both<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T slope = T.CreateTruncating(0.01);
            Check<T, ReluOperator<T>>(default, x => x <= T.Zero ? T.Zero : x, (x, y, dy) => x <= T.Zero ? T.Zero : dy);
            Check<T, LeakyReluOperator<T>>(new(slope), x => x < T.Zero ? slope * x : x, (x, y, dy) => x <= T.Zero ? slope * dy : dy);
            Check<T, ExpOperator<T>>(default, Elementary.Exp, (x, y, dy) => dy * y);
            Check<T, SigmoidOperator<T>>(default, Elementary.Sigmoid, (x, y, dy) => dy * y * (T.One - y));
            Check<T, TanhOperator<T>>(default, Elementary.Tanh, (x, y, dy) => dy * (T.One - (y * y)));

            (T three, T six, T sixth, T third, T oneAndHalf) =
                (T.CreateTruncating(3), T.CreateTruncating(6), T.CreateTruncating(1.0 / 6), T.CreateTruncating(1.0 / 3), T.CreateTruncating(1.5));
            Check<T, Relu6Operator<T>>(default, x => x < T.Zero ? T.Zero : x > six ? six : x, (x, y, dy) => x <= T.Zero || x >= six ? T.Zero : dy);
            Check<T, HardSigmoidOperator<T>>(
                default, x => x <= -three ? T.Zero : x >= three ? T.One : (x + three) * sixth, (x, y, dy) => x <= -three || x >= three ? T.Zero : dy * sixth);
            Check<T, HardSwishOperator<T>>(
                default,
                x => x <= -three ? T.Zero : x >= three ? x : x * (x + three) * sixth,
                (x, y, dy) => x < -three ? T.Zero : x > three ? dy : dy * (x + oneAndHalf) * third);
            Check<T, ScaleOperator<T>>(new(slope, three), x => T.FusedMultiplyAdd(slope, x, three), (x, y, dy) => slope * dy);
        }

        static void Check<T, TOperator>(TOperator f, Func<T, T> forward, Func<T, T, T, T> backward)
            where T : unmanaged, IFloatingPointIeee754<T>
            where TOperator : unmanaged, IElementwiseOperator<T>
        {
            for (int length = 0; length <= Longest; length++)
            {
                T[] x = Numbers<T>(length, seed: 1), dy = Numbers<T>(length, seed: 2), y = new T[length], dx = new T[length];
                Elementwise.Forward<T, TOperator>(f, x, y);
                Elementwise.Backward<T, TOperator>(f, x, y, dy, dx);
                for (int i = 0; i < length; i++)
                {
                    SameBits(y[i], forward(x[i]), typeof(TOperator).Name, x[i]);
                    SameBits(dx[i], backward(x[i], y[i], dy[i]), typeof(TOperator).Name, x[i]);
                }
            }
        }
    }

    [Fact]
    public void Elementwise_losses_are_those_of_plain_loops_to_the_bit()
    {
        Both<float>();
        Both<double>();

        static void Both<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T half = T.CreateTruncating(0.5);
            Check<T, SquaredErrorOperator<T>>(default, (x, t) => (x - t) * (x - t), (x, t) => (x - t) + (x - t));
            Check<T, HalfSquaredErrorOperator<T>>(default, (x, t) => half * (x - t) * (x - t), (x, t) => x - t);
            Check<T, CrossEntropyOperator<T>>(default, (x, t) => t == T.Zero ? T.Zero : -t * Elementary.Log(x), (x, t) => t == T.Zero ? T.Zero : -t / x);
            Check<T, AbsoluteErrorOperator<T>>(default, (x, t) => T.Abs(x - t), (x, t) => x > t ? T.One : x < t ? -T.One : x - t);

            T delta = T.CreateTruncating(0.75);
            Check<T, HuberOperator<T>>(
                new(delta),
                (x, t) => T.Abs(x - t) > delta ? delta * (T.Abs(x - t) - (half * delta)) : half * T.Abs(x - t) * T.Abs(x - t),
                (x, t) => x - t > delta ? delta : x - t < -delta ? -delta : x - t);

            (T weight, T positive, T smoothing) = (T.CreateTruncating(1.5), T.CreateTruncating(0.3), T.CreateTruncating(0.2));
            T Smoothed(T t) => ((T.One - smoothing) * t) + (smoothing * half);
            Check<T, BinaryCrossEntropyOperator<T>>(
                new(weight, positive, smoothing),
                (x, t) => weight * ((T.Abs(x) * (x < T.Zero ? positive * Smoothed(t) : T.One - Smoothed(t)))
                    + (((positive * Smoothed(t)) + (T.One - Smoothed(t))) * Elementary.LogP1(Elementary.Exp(-T.Abs(x))))),
                (x, t) => weight * (((T.One - Smoothed(t)) * Elementary.Sigmoid(x)) - (positive * Smoothed(t) * Elementary.Sigmoid(-x))));
        }

        static void Check<T, TOperator>(TOperator l, Func<T, T, T> loss, Func<T, T, T> gradient)
            where T : unmanaged, IFloatingPointIeee754<T>
            where TOperator : unmanaged, ILossOperator<T>
        {
            const int Columns = 6;
            for (int rows = 0; rows <= Longest; rows++)
            {
                T[] x = Numbers<T>(rows * Columns, seed: 1), t = Numbers<T>(rows * Columns, seed: 2), scales = Numbers<T>(rows, seed: 3);
                T[] losses = new T[rows], dx = new T[rows * Columns];
                ElementwiseLoss.Forward<T, TOperator>([l, l, l, l, l, l], new(x, rows, Columns), new(t, rows, Columns), losses);
                ElementwiseLoss.Backward<T, TOperator>([l, l, l, l, l, l], new(x, rows, Columns), new(t, rows, Columns), scales, new(dx, rows, Columns));
                for (int row = 0; row < rows; row++)
                {
                    int[] places = [.. Enumerable.Range(0, Columns).Select(column => row + (column * rows))];
                    foreach (int i in places)
                        SameBits(dx[i], Scaled(gradient(x[i], t[i]), scales[row]), typeof(TOperator).Name, x[i]);
                    SameBits(losses[row], LongSumTests.Plain([.. places.Select(i => loss(x[i], t[i]))]), typeof(TOperator).Name, x[row]);
                }
            }
        }
    }

    [Fact]
    public void Softmax_is_that_of_plain_loops_to_the_bit()
    {
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            const int Columns = 5;
            for (int rows = 0; rows <= Longest; rows++)
            {
                T[] x = Numbers<T>(rows * Columns, seed: 1), dy = Numbers<T>(rows * Columns, seed: 3);
                T[] y = new T[x.Length], dx = new T[x.Length], maxima = new T[rows], logSums = new T[rows];
                SoftmaxKernel.Forward(new(x, rows, Columns), new(y, rows, Columns), maxima, logSums);
                SoftmaxKernel.Backward<T>(new(y, rows, Columns), new(dy, rows, Columns), new(dx, rows, Columns));
                for (int row = 0; row < rows; row++)
                {
                    int[] places = [.. Enumerable.Range(0, Columns).Select(column => row + (column * rows))];
                    T maximum = x[row];
                    foreach (int i in places)
                        maximum = T.Max(maximum, x[i]);
                    T sum = LongSumTests.Plain([.. places.Select(i => Elementary.Exp(x[i] - maximum))]), dot = LongSumTests.Plain([.. places.Select(i => y[i] * dy[i])]);
                    foreach (int i in places)
                        SameBits(y[i], Elementary.Exp(x[i] - maximum) / sum, "a share", x[i]);
                    foreach (int i in places)
                        SameBits(dx[i], Counted(y[i] * (dy[i] - dot)), "a gradient", x[i]);
                    SameBits(maxima[row], maximum, "the maximum", x[row]);
                    SameBits(logSums[row], Elementary.Log(sum), "the logarithm of the sum", x[row]);
                }
            }
        }
    }

    [Fact]
    public void Losses_of_a_softmax_are_those_of_plain_loops_to_the_bit()
    {
        Both<float>();
        Both<double>();

        static void Both<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            (T weight, T kept, T spread, T gamma) = (T.CreateTruncating(1.5), T.CreateTruncating(0.8), T.CreateTruncating(0.04), T.CreateTruncating(2.5));
            T Target(T t) => weight * ((kept * t) + spread);
            Check<T, LogLikelihoodOperator<T>>(new(weight, kept, spread), (x, t) => Target(t) == T.Zero ? T.Zero : Target(t) * -x, (x, t) => -Target(t));
            Check<T, LogLikelihoodOperator<T>>(new(T.One, T.One, T.Zero), (x, t) => t == T.Zero ? T.Zero : t * -x, (x, t) => -t);
            Check<T, KullbackLeiblerOperator<T>>(default, (x, t) => t == T.Zero ? T.Zero : t * (Elementary.Log(t) - x), (x, t) => -t);

            T Focus(T x) => Elementary.Exp(gamma * Elementary.Log(-Elementary.ExpM1(x)));
            T Ratio(T x) => -Elementary.ExpM1(x) <= T.Zero ? -T.One : x / -Elementary.ExpM1(x);
            Check<T, FocalOperator<T>>(
                new(weight, gamma),
                (x, t) => t == T.Zero ? T.Zero : weight * t * (Focus(x) * -x),
                (x, t) => t == T.Zero ? T.Zero : weight * -t * (Focus(x) * (T.One - (gamma * Elementary.Exp(x) * Ratio(x)))));
            Check<T, FocalOperator<T>>(
                new(weight, T.Zero), (x, t) => t == T.Zero ? T.Zero : weight * t * -x, (x, t) => t == T.Zero ? T.Zero : weight * -t * (T.One - (T.Zero * Elementary.Exp(x) * Ratio(x))));
        }

        static void Check<T, TOperator>(TOperator l, Func<T, T, T> loss, Func<T, T, T> gradient)
            where T : unmanaged, IFloatingPointIeee754<T>
            where TOperator : unmanaged, ILossOperator<T>
        {
            const int Columns = 6;
            for (int rows = 0; rows <= Longest; rows++)
            {
                T[] x = Numbers<T>(rows * Columns, seed: 1), t = Numbers<T>(rows * Columns, seed: 2), scales = Numbers<T>(rows, seed: 4);
                T[] y = new T[x.Length], dx = new T[x.Length], maxima = new T[rows], logSums = new T[rows], losses = new T[rows];
                SoftmaxKernel.Forward(new(x, rows, Columns), new(y, rows, Columns), maxima, logSums);
                SoftmaxLoss.Forward<T, TOperator>([l, l, l, l, l, l], new(x, rows, Columns), new(t, rows, Columns), maxima, logSums, losses);
                SoftmaxLoss.Backward<T, TOperator>([l, l, l, l, l, l], new(x, rows, Columns), new(y, rows, Columns), new(t, rows, Columns), maxima, logSums, scales, new(dx, rows, Columns));
                for (int row = 0; row < rows; row++)
                {
                    int[] places = [.. Enumerable.Range(0, Columns).Select(column => row + (column * rows))];
                    T gradients = LongSumTests.Plain([.. places.Select(i => gradient(x[i] - maxima[row] - logSums[row], t[i]))]);
                    SameBits(losses[row], LongSumTests.Plain([.. places.Select(i => loss(x[i] - maxima[row] - logSums[row], t[i]))]), typeof(TOperator).Name, x[row]);
                    foreach (int i in places)
                        SameBits(dx[i], Scaled(gradient(x[i] - maxima[row] - logSums[row], t[i]) - (y[i] * gradients), scales[row]), typeof(TOperator).Name, x[i]);
                }
            }
        }
    }

    // By hand: e^0 and 10,000 times 0.1, whose sum a running sum of floats misses by a ten-thousandth.
    [Fact]
    public void Many_classes_add_up()
    {
        const int Classes = 10_001;
        double small = MathF.Log(0.1f), sum = 1 + (10_000 * Math.Exp(small));
        Matrix<float> x = Matrix<float>.Build.Dense(1, Classes, (_, column) => column == 0 ? 0 : (float)small), t = Matrix<float>.Build.Dense(1, Classes, 1f / Classes);
        Matrix<float> y = Matrix<float>.Build.Dense(1, Classes), logY = Matrix<float>.Build.Dense(1, Classes), dx = Matrix<float>.Build.Dense(1, Classes);
        float[] maxima = new float[1], logSums = new float[1], losses = new float[1];
        LogLikelihoodOperator<float>[] l = [.. Enumerable.Repeat(new LogLikelihoodOperator<float>(1, 1, 0), Classes)];
        SoftmaxKernel.Forward(x.View(), y.View(), maxima, logSums);
        LogSoftmaxKernel.Forward(x.View(), logY.View());
        SoftmaxLoss.Forward(l, x.View(), t.View(), maxima, logSums, losses);
        SoftmaxLoss.Backward(l, x.View(), y.View(), t.View(), maxima, logSums, [1], dx.View());

        (y[0, 0] * sum).Should().BeApproximately(1, 2e-6);
        (logY[0, 0] / -Math.Log(sum)).Should().BeApproximately(1, 1e-6);
        (losses[0] / (Math.Log(sum) - (10_000 * small / Classes))).Should().BeApproximately(1, 2e-6);
        (dx[0, 0] / ((1 / sum) - (1.0 / Classes))).Should().BeApproximately(1, 5e-6);
    }

    [Fact]
    public void Hinges_are_those_of_plain_loops_to_the_bit()
    {
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            const int Columns = 3;
            (T margin, T classes) = (T.CreateTruncating(0.75), T.CreateTruncating(Columns));
            for (int rows = 0; rows <= Longest; rows++)
            {
                T[] x = Numbers<T>(rows * Columns, seed: 1), t = new T[x.Length], scales = Numbers<T>(rows, seed: 4), losses = new T[rows], dx = new T[x.Length];
                for (int row = 0; row < rows; row++)
                    t[row + (row % Columns * rows)] = T.One;
                HingeKernel.Forward(margin, new(x, rows, Columns), new(t, rows, Columns), losses);
                HingeKernel.Backward(margin, new(x, rows, Columns), new(t, rows, Columns), scales, new(dx, rows, Columns));
                for (int row = 0; row < rows; row++)
                {
                    T Excess(int i) => margin - x[row + (row % Columns * rows)] + x[i];
                    T Slope(int i) => t[i] == T.One || Excess(i) <= T.Zero ? T.Zero : Excess(i) > T.Zero ? T.One : Excess(i);
                    int[] places = [.. Enumerable.Range(0, Columns).Select(column => row + (column * rows))];
                    T sum = LongSumTests.Plain([.. places.Select(i => t[i] == T.One || Excess(i) <= T.Zero ? T.Zero : Excess(i))]), count = T.Zero;
                    foreach (int i in places)
                        count += Slope(i);
                    SameBits(losses[row], sum / classes, "a hinge", x[row]);
                    for (int i = row; i < x.Length; i += rows)
                        SameBits(dx[i], Scaled((t[i] == T.One ? -count : Slope(i)) / classes, scales[row]), "a slope", x[i]);
                }
            }
        }
    }

    [Fact]
    public void A_row_of_scores_with_NaN_has_NaN_for_its_maximum_and_the_others_do_not()
    {
        const int Rows = 40;
        for (int place = 0; place < 2 * Rows; place++)
        {
            float[] x = new float[2 * Rows], y = new float[2 * Rows], maxima = new float[Rows], logSums = new float[Rows];
            x[place] = float.NaN;
            SoftmaxKernel.Forward(new(x, Rows, 2), new(y, Rows, 2), maxima, logSums);

            for (int row = 0; row < Rows; row++)
                new[] { maxima[row], logSums[row], y[row], y[row + Rows] }.Should().OnlyContain(value => float.IsNaN(value) == (row == place % Rows));
        }
    }

    [Fact]
    public void A_target_of_0_counts_nothing_even_where_the_score_is_infinite()
    {
        double[] x = [1, double.NegativeInfinity], t = [1, 0], maxima = [1], logSums = [0], losses = [double.NaN];
        var l = new LogLikelihoodOperator<double>(1, 1, 0);
        SoftmaxLoss.Forward<double, LogLikelihoodOperator<double>>([l, l], new(x, 1, 2), new(t, 1, 2), maxima, logSums, losses);

        losses.Should().Equal(0);
    }

    [Fact]
    public void Column_sums_are_sixteen_partial_sums_and_a_tree()
    {
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            const int Columns = 2;
            for (int rows = 0; rows <= Longest; rows++)
            {
                T[] x = Numbers<T>(rows * Columns, seed: 1), sums = new T[Columns];
                Reduction.ColumnSums(new(x, rows, Columns), sums);
                for (int column = 0; column < Columns; column++)
                {
                    var partials = new T[16];
                    for (int row = 0; row < rows; row++)
                        partials[row % 16] += x[(column * rows) + row];
                    for (int half = 8; half > 0; half /= 2)
                    {
                        for (int i = 0; i < half; i++)
                            partials[i] += partials[i + half];
                    }

                    SameBits(sums[column], partials[0], "a sum", T.Zero);
                }
            }
        }
    }

    [Fact]
    public void A_sum_of_squares_is_sixteen_partial_sums_and_a_tree_for_each_block()
    {
        Check<float>();
        Check<double>();

        // Around the vectors, the blocks of 1024, and the 64 segments that have one block at first and then two.
        static void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            int[] lengths = [.. Enumerable.Range(0, Longest + 1), 1023, 1024, 1025, (64 * 1024) - 1, 64 * 1024, (64 * 1024) + 17, (131 * 1024) + 5];
            foreach (int length in lengths)
            {
                T[] x = [.. Numbers<T>(length, seed: 1).Select(value => T.IsFinite(value) ? value : T.One)];
                SumOfSquares.Of<T>(x).Should().Be(SquaresTwin(x), "that is the sum of {0} squares", length);
            }

            // The least number that is squared, among vectors and behind them, and the one before it.
            T least = LeastSquared<T>(), less = T.BitDecrement(least);
            SumOfSquares.Of<T>([least, .. Enumerable.Repeat(less, 15), -least, -less]).Should().Be(2 * double.CreateTruncating(least * least));

            SumOfSquares.Of<T>([T.One, T.NaN]).Should().Be(double.NaN);
            SumOfSquares.Of<T>([T.One, T.NegativeInfinity]).Should().Be(double.PositiveInfinity);
        }
    }

    [Fact]
    public void Update_rules_are_those_of_plain_loops_to_the_bit()
    {
        Both<float>();
        Both<double>();

        static void Both<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            (T rate, T factor, T rest, T epsilon) = (Number<T>(0.1), Number<T>(0.9), Number<T>(1 - 0.9), Number<T>(1e-8));
            Check(new Sgd(0.1), (T value, T g, ref T a, ref T b, ref T c) => value - (rate * g), squares: false);
            Check(new Momentum(0.1), (T value, T g, ref T v, ref T b, ref T c) => value - (rate * (v = Next(factor, v, g))), squares: false);
            Check(new Nesterov(0.1), (T value, T g, ref T v, ref T b, ref T c) => value - (rate * (g + (factor * (v = Next(factor, v, g))))), squares: false);
            Check(new AdaGrad(0.1, 1e-8), (T value, T g, ref T s, ref T b, ref T c) => value - (rate * g / (T.Sqrt(s += g * g) + epsilon)));
            Check(new RmsProp(0.1, 0.9), (T value, T g, ref T v, ref T b, ref T c) => value - (rate * g / (T.Sqrt(v = Next(factor, v, rest * g * g)) + epsilon)));
            Check(
                new RmsProp(0.1, 0.9, momentum: 0.9),
                (T value, T g, ref T v, ref T b, ref T c) => value - (rate * (b = Next(factor, b, g / (T.Sqrt(v = Next(factor, v, rest * g * g)) + epsilon)))));
            Check(
                new RmsProp(0.1, 0.9, isCentered: true),
                (T value, T g, ref T v, ref T a, ref T c) =>
                {
                    (v, a) = (Next(factor, v, rest * g * g), Next(factor, a, rest * g));
                    return value - (rate * g / (T.Sqrt(T.Max(v - (Squarable(a) * Squarable(a)), T.Zero)) + epsilon));
                });
            Check(
                new RmsProp(0.1, 0.9, momentum: 0.9, isCentered: true),
                (T value, T g, ref T v, ref T b, ref T a) =>
                {
                    (v, a) = (Next(factor, v, rest * g * g), Next(factor, a, rest * g));
                    return value - (rate * (b = Next(factor, b, g / (T.Sqrt(T.Max(v - (Squarable(a) * Squarable(a)), T.Zero)) + epsilon))));
                });

            // The first step's corrections.
            (T corrected, T root, T beta2, T rest2) = (Number<T>(0.1 / (1 - 0.9)), Number<T>(1 / Math.Sqrt(1 - 0.999)), Number<T>(0.999), Number<T>(1 - 0.999));
            T keep = Number<T>(1 - (0.1 * 0.5));
            Check(
                new Adam(0.1),
                (T value, T g, ref T m, ref T v, ref T c) =>
                {
                    (m, v) = (Next(factor, m, rest * g), Next(beta2, v, rest2 * g * g));
                    return value - (corrected * m / ((root * T.Sqrt(v)) + epsilon));
                });
            Check(
                new AdamW(0.1, weightDecay: 0.5, amsGrad: true),
                (T value, T g, ref T m, ref T v, ref T largest) =>
                {
                    (m, v) = (Next(factor, m, rest * g), Next(beta2, v, rest2 * g * g));
                    largest = T.Max(largest, v);
                    return (keep * value) - (corrected * m / ((root * T.Sqrt(largest)) + epsilon));
                });
            Check(
                new Adamax(0.1),
                (T value, T g, ref T m, ref T u, ref T c) =>
                {
                    (m, u) = (Next(factor, m, rest * g), T.Max(beta2 * u, T.Abs(g) + epsilon));
                    return value - (corrected * m / u);
                },
                squares: false);
            Check(
                new RAdam(0.1),
                (T value, T g, ref T m, ref T v, ref T c) =>
                {
                    (m, v) = (Next(factor, m, rest * g), Next(beta2, v, rest2 * g * g));
                    return value - (corrected * m);
                });
            Check(
                new AdaDelta(0.1, 0.9, 1e-8),
                (T value, T g, ref T v, ref T u, ref T c) =>
                {
                    v = Next(factor, v, rest * g * g);
                    T d = Squarable(T.Sqrt(u + epsilon) / T.Sqrt(v + epsilon) * g);
                    u = Next(factor, u, rest * d * d);
                    return value - (rate * d);
                });

            (double mu, double next) = (0.9 * (1 - (0.5 * Elementary.Power(0.96, 0.004))), 0.9 * (1 - (0.5 * Elementary.Power(0.96, 2 * 0.004))));
            (T gradientRate, T meanRate) = (Number<T>(0.1 * (1 - mu) / (1 - mu)), Number<T>(0.1 * next / (1 - (mu * mu * next))));
            Check(
                new NAdam(0.1),
                (T value, T g, ref T m, ref T v, ref T c) =>
                {
                    (m, v) = (Next(factor, m, rest * g), Next(beta2, v, rest2 * g * g));
                    return value - (((gradientRate * g) + (meanRate * m)) / ((root * T.Sqrt(v)) + epsilon));
                });

            (T lionBeta2, T lionRest2) = (Number<T>(0.99), Number<T>(1 - 0.99));
            Check(
                new Lion(0.1, weightDecay: 0.5),
                (T value, T g, ref T m, ref T b, ref T c) =>
                {
                    T direction = (factor * m) + (rest * g);
                    m = Next(lionBeta2, m, lionRest2 * g);
                    return (keep * value) - (rate * Sign(direction));
                },
                squares: false);

            (T decrease, T increase, T smallest, T largestStep) = (Number<T>(0.5), Number<T>(1.2), Number<T>(0.3), Number<T>(2));
            Check(
                new Rprop(0.1, smallestStep: 0.3, largestStep: 2),
                (T value, T g, ref T previous, ref T size, ref T c) =>
                {
                    T turn = Sign(g) * previous, scaled = (size > T.Zero ? size : rate) * (turn < T.Zero ? decrease : turn > T.Zero ? increase : T.One);
                    size = scaled < smallest ? smallest : scaled > largestStep ? largestStep : scaled;
                    previous = turn < T.Zero ? T.Zero : g;
                    return value - (size * Sign(previous));
                },
                squares: false);
        }

        static void Check<T>(IOptimizerRule rule, Twin<T> twin, bool squares = true)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int size = 1; size <= Longest; size++)
            {
                Optimizer<T> optimizer = Prepared<T>(rule, size);
                Span<T> value = optimizer.Network.Parameters[0].Value.Values(), gradient = optimizer.Network.Parameters[0].Gradient.Values();
                T[] expected = value.ToArray();
                T[][] slots = [.. optimizer.Slots.Select(slot => slot.Value.Values().ToArray()), new T[size], new T[size], new T[size]];
                for (int i = 0; i < size; i++)
                    expected[i] = twin(expected[i], squares ? Squarable(gradient[i]) : gradient[i], ref slots[0][i], ref slots[1][i], ref slots[2][i]);
                optimizer.Update();

                for (int i = 0; i < size; i++)
                {
                    SameBits(value[i], expected[i], rule.GetType().Name, gradient[i]);
                    for (int slot = 0; slot < optimizer.Slots.Count; slot++)
                        SameBits(optimizer.Slots[slot].Value.Values()[i], slots[slot][i], optimizer.Slots[slot].Name, gradient[i]);
                }
            }
        }

        static T Sign<T>(T value)
            where T : unmanaged, IFloatingPointIeee754<T> => value > T.Zero ? T.One : value < T.Zero ? -T.One : value;
    }

    [Fact]
    public void Lamb_is_a_plain_loop_to_the_bit()
    {
        Check<float>(special: false);
        Check<float>(special: true);
        Check<double>(special: false);
        Check<double>(special: true);

        static void Check<T>(bool special)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            (T beta1, T rest1, T beta2, T rest2) = (Number<T>(0.9), Number<T>(1 - 0.9), Number<T>(0.999), Number<T>(1 - 0.999));
            (T meanScale, T rootScale, T epsilon, T decay) = (Number<T>(1 / (1 - 0.9)), Number<T>(1 / Math.Sqrt(1 - 0.999)), Number<T>(1e-6), Number<T>(0.5));
            for (int size = 1; size <= Longest; size++)
            {
                Optimizer<T> optimizer = Prepared<T>(new Lamb(0.1, weightDecay: 0.5), size);
                Span<T> value = optimizer.Network.Parameters[0].Value.Values(), gradient = optimizer.Network.Parameters[0].Gradient.Values();
                Span<T> mean = optimizer.Slots[0].Value.Values(), square = optimizer.Slots[1].Value.Values();
                for (int i = 0; i < size && !special; i++)
                    (value[i], gradient[i], mean[i], square[i]) = (Finite(value[i]), Finite(gradient[i]), Finite(mean[i]), Finite(square[i]));
                T[] x = value.ToArray(), g = [.. gradient.ToArray().Select(Squarable)], m = mean.ToArray(), v = square.ToArray(), u = new T[size];
                for (int i = 0; i < size; i++)
                {
                    (m[i], v[i]) = (Next(beta1, m[i], rest1 * g[i]), Next(beta2, v[i], rest2 * g[i] * g[i]));
                    u[i] = (meanScale * m[i] / ((rootScale * T.Sqrt(v[i])) + epsilon)) + (decay * x[i]);
                }

                (double values, double directions) = (SquaresTwin(x), SquaresTwin(u));
                T rate = Number<T>(0.1 * (values > 0 && directions > 0 ? Math.Sqrt(values) / Math.Sqrt(directions) : 1));
                optimizer.Update();

                for (int i = 0; i < size; i++)
                {
                    SameBits(value[i], x[i] - (rate * u[i]), "the value", g[i]);
                    SameBits(mean[i], m[i], "the mean", g[i]);
                    SameBits(square[i], v[i], "the mean square", g[i]);
                }
            }
        }

        static T Finite<T>(T value)
            where T : unmanaged, IFloatingPointIeee754<T> => T.IsFinite(value) ? value : T.One;
    }

    /// <summary>One number's update, and what is remembered of it.</summary>
    private delegate T Twin<T>(T value, T gradient, ref T slot0, ref T slot1, ref T slot2);

    private static T Number<T>(double value)
        where T : unmanaged, IFloatingPointIeee754<T> => T.CreateTruncating(value);

    // What a rule remembers: no subnormal numbers, and 0 without a sign.
    private static T Next<T>(T share, T sum, T term)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T next = (share * sum) + term;
        return T.IsSubnormal(next) || T.IsZero(next) ? T.Zero : next;
    }

    // A number that is to be squared: 0 below 2^-57, in double 2^-505.
    private static T Squarable<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T> => T.Abs(x) < LeastSquared<T>() ? T.Zero : x;

    private static T LeastSquared<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => T.ScaleB(T.One, typeof(T) == typeof(float) ? -57 : -505);

    // An optimizer of one parameter in the middle of its work.
    private static Optimizer<T> Prepared<T>(IOptimizerRule rule, int size)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Network<T> network = Network.Input<T>(size).Affine(1, bias: false).Build(seed: 1);
        var optimizer = new Optimizer<T>(network, rule);
        Numbers<T>(size, seed: 1).CopyTo(network.Parameters[0].Value.Values());
        Numbers<T>(size, seed: 2).CopyTo(network.Parameters[0].Gradient.Values());
        foreach (OptimizerSlot<T> slot in optimizer.Slots)
            Numbers<T>(size, seed: 3).Select(T.Abs).ToArray().CopyTo(slot.Value.Values());

        // Here and there nearly nothing is remembered, and the gradient is 0, just large enough to be squared, or not quite.
        T[] small = [T.Zero, LeastSquared<T>(), -LeastSquared<T>(), T.BitDecrement(LeastSquared<T>())];
        for (int i = 10; i < size; i += 11)
        {
            network.Parameters[0].Gradient.Values()[i] = small[i / 11 % small.Length];
            foreach (OptimizerSlot<T> slot in optimizer.Slots)
                slot.Value.Values()[i] = T.ScaleB(T.One, typeof(T) == typeof(float) ? -126 : -1022);
        }

        return optimizer;
    }

    // In blocks of 1024, which go in equal numbers, as few as there can be, to at most 64 segments.
    private static double SquaresTwin<T>(T[] x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] blocks = [.. x.Chunk(1024).Select(Block)];
        return blocks.Chunk(Math.Max(1, (blocks.Length + 63) / 64)).Aggregate(0.0, (sum, segment) => sum + segment.Aggregate(0.0, (part, block) => part + block));

        static double Block(T[] x)
        {
            var partials = new T[16];
            for (int i = 0; i < x.Length; i++)
                partials[i % 16] += Squarable(x[i]) * Squarable(x[i]);
            for (int half = 8; half > 0; half /= 2)
            {
                for (int i = 0; i < half; i++)
                    partials[i] += partials[i + half];
            }

            return double.CreateTruncating(partials[0]);
        }
    }

    // Usual numbers; every seventh a special one, at other places for other seeds.
    private static T[] Numbers<T>(int length, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] special = [T.Zero, T.NegativeZero, T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.Epsilon, -T.Epsilon, T.One, T.CreateTruncating(-100)];
        var random = new CounterRandom((ulong)seed);
        return [.. Enumerable.Range(0, length).Select(i => (i + seed) % 7 == 0 ? special[random.Next(special.Length)] : T.CreateTruncating((random.NextDouble() * 8) - 4))];
    }

    // The gradient of a sample of weight 0 is 0, whatever it holds.
    private static T Scaled<T>(T gradient, T scale)
        where T : unmanaged, IFloatingPointIeee754<T> => scale == T.Zero ? T.Zero : Counted(gradient * scale);

    // A gradient that is too small to count is 0, below 2^-103 or in double 2^-970.
    private static T Counted<T>(T gradient)
        where T : unmanaged, IFloatingPointIeee754<T> => T.Abs(gradient) < T.ScaleB(T.One, typeof(T) == typeof(float) ? -103 : -970) ? T.Zero : gradient;

    // NaN equals NaN, and 0 is not -0. The assertion is slow to build, so it is built for what fails.
    private static void SameBits<T>(T found, T expected, string what, T argument)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!(T.IsNaN(expected) ? T.IsNaN(found) : found == expected && T.IsNegative(found) == T.IsNegative(expected)))
            found.Should().Be(expected, "{0} of {1:R} should be {2:R} to the bit and is {3:R}", what, argument, expected, found);
    }
}
