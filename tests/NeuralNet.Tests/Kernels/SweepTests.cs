using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Every place of a sweep is done, on any number of threads and in memory at any address, and nothing beside them.</summary>
[Collection(RunsAlone.Name)]
public class SweepTests
{
    /// <summary>From which on a second thread pays.</summary>
    private const int TwoUnits = 2 * 8 * 1024;

    public static TheoryData<int, int> Lengths => new() { { 0, (4 * 16) + 3 }, { TwoUnits - 1, TwoUnits + 18 }, { (7 * TwoUnits) + 1, (7 * TwoUnits) + 2 } };

    /// <summary>Kernels that walk along rows, each from numbers to numbers; of a row's length it depends how many rows are worth a thread.</summary>
    public static TheoryData<string> RowKernels => [.. OfRows.Keys];

    private static Dictionary<string, Action<Matrix<double>, Matrix<double>, Matrix<double>, double[]>> OfRows { get; } = new()
    {
        ["softmax"] = (x, _, y, sums) => SoftmaxKernel.Forward(x.View(), y.View(), sums, new double[sums.Length]),
        ["softmax's derivative"] = (x, t, y, _) => SoftmaxKernel.Backward(x.View(), t.View(), y.View()),
        ["log-softmax"] = (x, _, y, _) => LogSoftmaxKernel.Forward(x.View(), y.View()),
        ["log-softmax's derivative"] = (x, t, y, _) => LogSoftmaxKernel.Backward(x.View(), t.View(), y.View()),
        ["a loss of outputs"] = (x, t, _, sums) => ElementwiseLoss.Forward(Operators(x), x.View(), t.View(), sums),
        ["its derivative"] = (x, t, y, sums) => ElementwiseLoss.Backward(Operators(x), x.View(), t.View(), sums, y.View()),
        ["a loss of shares"] = (x, t, _, sums) => SoftmaxLoss.Forward(Operators(x), x.View(), t.View(), sums, sums, sums),
        ["its derivative by scores"] = (x, t, y, sums) => SoftmaxLoss.Backward(Operators(x), x.View(), x.View(), t.View(), sums, sums, sums, y.View()),
        ["hinges"] = (x, t, _, sums) => HingeKernel.Forward(1, x.View(), t.View(), sums),
        ["hinges' derivative"] = (x, t, y, sums) => HingeKernel.Backward(1, x.View(), t.View(), sums, y.View()),
    };

    [Theory, MemberData(nameof(RowKernels))]
    public void Rows_that_threads_share_are_those_of_one_thread(string kernel)
    {
        const int Rows = 67, Columns = TwoUnits / 64;
        Matrix<double> x = Make.Uniform(Rows, Columns, seed: 1), t = Make.Uniform(Rows, Columns, seed: 2);
        (Matrix<double> y, double[] sums) = On(1);
        foreach (int threads in new[] { 2, 3, 8 })
        {
            (Matrix<double> shared, double[] sharedSums) = On(threads);
            shared.Should().Be(y, "{0} threads compute the same", threads);
            sharedSums.Should().Equal(sums);
        }

        (Matrix<double> Y, double[] Sums) On(int threads)
        {
            using ThreadLimit.Scope limit = ThreadLimit.Enter(threads);
            Matrix<double> result = Matrix<double>.Build.Dense(Rows, Columns);
            double[] ofRows = [.. Enumerable.Range(0, Rows).Select(row => row / 100.0)];
            OfRows[kernel](x, t, result, ofRows);
            return (result, ofRows);
        }
    }

    [Theory, MemberData(nameof(Lengths))]
    public void Every_place_is_done_and_nothing_beside(int shortest, int longest)
    {
        for (int length = shortest; length <= longest; length++)
        {
            Check<float>(length);
            Check<double>(length);
        }

        static void Check<T>(int length)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T[] numbers = [.. Enumerable.Range(0, length).Select(i => T.CreateTruncating(i - (length / 2)))], expected = [.. numbers.Select(number => T.Max(number, T.Zero))];
            foreach (int threads in new[] { 1, 2, 3, 8 })
            {
                using ThreadLimit.Scope limit = ThreadLimit.Enter(threads);
                Framed<T> x = Framed<T>.Input(numbers, offset: threads % 4), y = Framed<T>.Output(length, offset: (length + threads) % 4);
                Elementwise.Forward(default(ReluOperator<T>), x.Values, y.Values);
                y.ShouldHold(expected, $"{length} places on {threads} threads");
            }
        }
    }

    private static SquaredErrorOperator<double>[] Operators(Matrix<double> x) => new SquaredErrorOperator<double>[x.ColumnCount];
}
