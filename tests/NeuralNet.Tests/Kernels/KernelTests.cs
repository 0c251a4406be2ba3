using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Transpose, reductions, softmax and whole powers against plain loops.</summary>
public class KernelTests
{
    [Theory, MemberData(nameof(KernelCases.Shapes), MemberType = typeof(KernelCases))]
    public void Transposing_there_and_back_is_row_major_order_and_the_matrix_again(int rows, int columns)
    {
        Matrix<double> matrix = Make.Uniform(rows, columns, seed: 1), back = Matrix<double>.Build.Dense(rows, columns);
        var samples = new double[rows * columns];
        Transpose.ToRows(matrix.View(), samples);
        Transpose.ToColumns(samples, back.View());

        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                samples[(row * columns) + column].Should().Be(matrix[row, column]);
        }

        back.ShouldBeBits(matrix);
    }

    // Two blocks of 32, and three more.
    [Fact]
    public void Every_number_of_rows_and_columns_is_transposed_and_nothing_beside_them()
    {
        for (int rows = 0; rows <= (2 * 32) + 3; rows++)
        {
            for (int columns = 0; columns <= (2 * 32) + 3; columns++)
            {
                Framed<float> matrix = Framed<float>.Input([.. Enumerable.Range(0, rows * columns).Select(i => (float)i)], offset: rows % 4);
                Framed<float> samples = Framed<float>.Output(rows * columns, offset: columns % 4), back = Framed<float>.Output(rows * columns, offset: columns % 4);
                Transpose.ToRows(matrix.Matrix(rows, columns), samples.Values);
                Transpose.ToColumns<float>(samples.Values, back.Matrix(rows, columns));

                samples.ShouldHold([.. Enumerable.Range(0, rows * columns).Select(i => matrix.Matrix(rows, columns)[i / columns, i % columns])], $"[{rows}, {columns}] in rows");
                back.ShouldHold(matrix.Values, $"[{rows}, {columns}] there and back");
            }
        }
    }

    [Theory, MemberData(nameof(KernelCases.Shapes), MemberType = typeof(KernelCases))]
    public void Sums_are_those_of_plain_loops(int rows, int columns)
    {
        Matrix<double> matrix = Make.Uniform(rows, columns, seed: 1);
        var sums = new double[columns];
        Reduction.ColumnSums(matrix.View(), sums);

        for (int column = 0; column < columns; column++)
            Math.Abs(sums[column] - matrix.Column(column).Enumerate().Sum()).Should().BeLessThan(1e-12);
        Reduction.Sum<float>(matrix.As<float>().ToColumnMajorArray()).Should().BeApproximately(matrix.Enumerate().Sum(), 1e-3);
        Reduction.Sum<double>([]).Should().Be(0);

        double[] rowWeights = [.. Enumerable.Range(0, rows).Select(row => (double)row)], columnWeights = [.. Enumerable.Range(1, columns).Select(column => 1.0 / column)];
        double weighted = matrix.EnumerateIndexed().Sum(value => value.Item1 * value.Item3 / (value.Item2 + 1));
        Reduction.WeightedSum(matrix.View(), rowWeights, columnWeights).Should().BeApproximately(weighted, 1e-9);
    }

    [Fact]
    public void NaN_and_infinity_reach_the_sums_of_their_columns_alone()
    {
        Matrix<double> matrix = Make.Rows([1, double.NaN, double.PositiveInfinity], [2, 3, 4]);
        var sums = new double[3];
        Reduction.ColumnSums(matrix.View(), sums);

        sums.Should().Equal(3, double.NaN, double.PositiveInfinity);
    }

    [Theory, MemberData(nameof(KernelCases.Shapes), MemberType = typeof(KernelCases))]
    public void Softmax_and_its_derivative_are_those_of_plain_loops(int rows, int columns)
    {
        Matrix<double> x = Make.Uniform(rows, columns, seed: 1), dy = Make.Uniform(rows, columns, seed: 2);
        Matrix<double> y = Matrix<double>.Build.Dense(rows, columns), dx = Matrix<double>.Build.Dense(rows, columns);
        double[] maxima = new double[rows], logSums = new double[rows];
        SoftmaxKernel.Forward(x.View(), y.View(), maxima, logSums);
        SoftmaxKernel.Backward(y.View(), dy.View(), dx.View());

        Matrix<double> expectedY = Matrix<double>.Build.Dense(rows, columns), expectedDx = Matrix<double>.Build.Dense(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            double sum = 0, dot = 0;
            for (int column = 0; column < columns; column++)
                sum += Math.Exp(x[row, column]);
            for (int column = 0; column < columns; column++)
                dot += dy[row, column] * (expectedY[row, column] = Math.Exp(x[row, column]) / sum);
            for (int column = 0; column < columns; column++)
                expectedDx[row, column] = expectedY[row, column] * (dy[row, column] - dot);
            maxima[row].Should().Be(x.Row(row).Maximum());
            (maxima[row] + logSums[row]).Should().BeApproximately(Math.Log(sum), 1e-12);
        }

        y.ShouldBeClose(expectedY, MatrixAssertions.DoubleTolerance);
        (dx - expectedDx).Enumerate().Should().OnlyContain(error => Math.Abs(error) < 1e-14);
    }

    [Theory, MemberData(nameof(KernelCases.Shapes), MemberType = typeof(KernelCases))]
    public void Cross_entropy_and_its_derivative_are_those_of_plain_loops(int rows, int columns)
    {
        Matrix<double> x = Make.Uniform(rows, columns, seed: 1), t = Make.Uniform(rows, columns, seed: 2, low: 0, high: 1);
        t[0, 0] = 0;
        Matrix<double> y = Matrix<double>.Build.Dense(rows, columns), dx = Matrix<double>.Build.Dense(rows, columns), expected = Matrix<double>.Build.Dense(rows, columns);
        double[] maxima = new double[rows], logSums = new double[rows], losses = new double[rows], scales = [.. Enumerable.Range(1, rows).Select(row => 1.0 / row)];
        SoftmaxKernel.Forward(x.View(), y.View(), maxima, logSums);
        LogLikelihoodOperator<double>[] l = [.. Enumerable.Repeat(new LogLikelihoodOperator<double>(1, 1, 0), columns)];
        SoftmaxLoss.Forward(l, x.View(), t.View(), maxima, logSums, losses);
        SoftmaxLoss.Backward(l, x.View(), y.View(), t.View(), maxima, logSums, scales, dx.View());

        for (int row = 0; row < rows; row++)
        {
            double sum = 0, loss = 0, targets = 0;
            for (int column = 0; column < columns; column++)
                sum += Math.Exp(x[row, column]);
            for (int column = 0; column < columns; column++)
                (loss, targets) = (loss - (t[row, column] * Math.Log(Math.Exp(x[row, column]) / sum)), targets + t[row, column]);
            for (int column = 0; column < columns; column++)
                expected[row, column] = ((Math.Exp(x[row, column]) / sum * targets) - t[row, column]) / (row + 1);
            losses[row].Should().BeApproximately(loss, 1e-12 * (1 + loss));
        }

        (dx - expected).Enumerate().Should().OnlyContain(error => Math.Abs(error) < 1e-13);
    }

    [Fact]
    public void Rows_are_copied_between_matrices_of_other_heights()
    {
        Matrix<double> source = Make.Rows([1, 10], [2, 20], [3, 30]), destination = Matrix<double>.Build.Dense(4, 2);
        source.View().CopyRows(1, destination.View(), 2, 2);

        destination.ShouldBeValues(Make.Rows([0, 0], [0, 0], [2, 20], [3, 30]));
    }

    [Theory]
    [InlineData(0.9, 0, 1)]
    [InlineData(0.9, 1, 0.9)]
    [InlineData(-2, 9, -512)]
    [InlineData(0.999, 1000, 0.36769542477096373)] // Python: 0.999 ** 1000
    public void Whole_powers_are_those_of_Python(double x, long n, double expected) => Elementary.Power(x, n).ShouldBeClose(expected, 1e-13);

    // Python 3.11: repr(x ** y).
    [Theory]
    [InlineData(0.96, 0.004, 0.9998367253526753)]
    [InlineData(0.96, 1234.567, 1.296132378970592e-22)]
    [InlineData(0.3, 1.7, 0.12915348607498026)]
    [InlineData(7.0, 0.5, 2.6457513110645907)]
    [InlineData(0.0, 0.5, 0.0)]
    [InlineData(1.0, 2.5, 1.0)]
    [InlineData(0.9, 3.0, 0.7290000000000001)]
    public void Other_powers_are_those_of_Python(double x, double y, double expected) => Elementary.Power(x, y).ShouldBeClose(expected, 1e-13);

    [Fact]
    public void A_buffer_keeps_the_last_four_sizes()
    {
        var buffer = new BatchBuffer<double>();
        Matrix<double>[] sizes = [.. Enumerable.Range(1, 4).Select(rows => buffer.For(rows, 3))];
        for (int rows = 1; rows <= 4; rows++)
            buffer.For(rows, 3).Should().BeSameAs(sizes[rows - 1]);

        buffer.For(5, 3);
        buffer.For(1, 3).Should().NotBeSameAs(sizes[0], "it was the one that was used longest ago");
        buffer.For(4, 3).Should().BeSameAs(sizes[3]);
        FluentActions.Invoking(() => buffer.For(0, 3)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("rows must be at least 1; got 0.*");
        FluentActions.Invoking(() => buffer.For(int.MaxValue, 2))
            .Should().Throw<ArgumentException>().WithMessage("A matrix [2147483647, 2] holds more than the * numbers that fit into one array.");
    }
}
