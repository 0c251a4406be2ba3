using System.Text.Json;

namespace NeuralNet.Tests;

public class MetricTests
{
    public static TheoryData<string> Metrics => MetricCases.Names;

    [Theory, MemberData(nameof(Metrics))]
    public void Values_are_those_of_scikit_learn_whatever_the_batches_and_the_precision(string name)
    {
        // metrics.json: make_metrics.py, scikit-learn in float64.
        Check<double>(precision: 0);
        Check<float>(precision: 1);

        void Check<T>(int precision)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            IMetric metric = MetricCases.Row(name).Create();
            metric.Value.Should().Be(double.NaN);
            foreach (JsonProperty set in GoldenFile.Row("metrics", name).EnumerateObject())
            {
                JsonElement data = GoldenFile.Row("metrics.data", set.Name);
                (Matrix<T> predictions, Matrix<T> targets) = (Rows<T>(data.GetProperty("predictions")), Rows<T>(data.GetProperty("targets")));
                (double expected, double found) = (Number(set.Value[precision]), Value(metric, predictions, targets, predictions.RowCount));

                Math.Abs(found - expected).Should().Match(error => double.IsNaN(expected) ? double.IsNaN(found) : error <= 1e-12, "{0} is {1} and not {2}", set.Name, expected, found);
                Value(metric, predictions, targets, batchSize: 1).Should().Be(found, "{0} is the same sample by sample", set.Name);
                Value(metric, predictions, targets, batchSize: 7).Should().Be(found, "{0} is the same in batches of 7", set.Name);
                metric.Value.Should().Be(found, "{0} may be read again", set.Name);
            }
        }
    }

    [Fact]
    public void Names_are_those_of_the_table() =>
        MetricCases.All.Should().OnlyContain(row => row.Create().Name == row.MetricName).And.OnlyHaveUniqueItems(row => row.MetricName);

    [Fact]
    public void Better_is_higher_but_for_errors() =>
        MetricCases.All.Where(row => !row.Create().HigherIsBetter).Select(row => row.Name).Should().Equal("LogLoss", "MeanSquaredError", "MeanAbsoluteError");

    [Theory, MemberData(nameof(Metrics))]
    public void After_a_reset_nothing_is_left_and_another_width_is_welcome(string name)
    {
        IMetric metric = MetricCases.Row(name).Create();
        metric.Add(Make.Probabilities(5, 3, seed: 1), Make.OneHotRows(5, 3, seed: 2));
        metric.Reset();
        metric.Value.Should().Be(double.NaN);

        metric.Add(Make.Probabilities(9, 4, seed: 3), OneHot.Encode<double>([0, 1, 2, 3, 0, 1, 2, 3, 0], 4));
        IMetric fresh = MetricCases.Row(name).Create();
        fresh.Add(Make.Probabilities(9, 4, seed: 3), OneHot.Encode<double>([0, 1, 2, 3, 0, 1, 2, 3, 0], 4));
        metric.Value.Should().Be(fresh.Value).And.NotBe(double.NaN);
    }

    [Theory, MemberData(nameof(Metrics))]
    public void Arguments_are_unchanged_and_need_not_be_dense(string name)
    {
        IMetric metric = MetricCases.Row(name).Create(), sparse = MetricCases.Row(name).Create();
        Matrix<double> predictions = Make.Probabilities(6, 3, seed: 1), targets = OneHot.Encode<double>([2, 1, 0, 0, 1, 2], 3);
        Matrix<double> before = predictions.Clone();
        metric.Add(predictions, targets);
        sparse.Add(predictions, Matrix<double>.Build.SparseOfMatrix(targets));

        predictions.ShouldBeBits(before);
        targets.ShouldBeBits(OneHot.Encode<double>([2, 1, 0, 0, 1, 2], 3));
        sparse.Value.Should().Be(metric.Value);
    }

    [Theory, MemberData(nameof(Metrics))]
    public void Wrong_shapes_are_told_in_words(string name)
    {
        MetricCase row = MetricCases.Row(name);
        row.Create().Invoking(it => it.Add(Make.Probabilities(5, 3, seed: 1), Make.OneHotRows(5, 4, seed: 1)))
            .Should().Throw<ArgumentException>().WithMessage($"{row.MetricName} expects targets of shape [5, 3], got [5, 4].*");
        row.Create().Invoking(it => it.Add(Make.Probabilities(5, 3, seed: 1), Make.OneHotRows(4, 3, seed: 1)))
            .Should().Throw<ArgumentException>().WithMessage($"{row.MetricName} expects targets of shape [5, 3], got [4, 3].*");
        row.Create().Invoking(it => it.Add<double>(null!, Make.OneHotRows(4, 3, seed: 1))).Should().Throw<ArgumentNullException>();
        row.Create().Invoking(it => it.Add(Make.OneHotRows(4, 3, seed: 1), null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void Wrong_numbers_are_told_in_words()
    {
        Matrix<double> column = Make.Uniform(4, 1, seed: 1, low: 0, high: 1), three = Make.Probabilities(4, 3, seed: 1), four = Make.Probabilities(4, 4, seed: 1);
        Matrix<double> broken = three.Clone();
        broken[2, 1] = double.NaN;
        (Action Act, string Message)[] wrong =
        [
            (() => _ = new TopKAccuracy(0), "k must be at least 1; got 0.*"),
            (() => _ = new Precision(-1), "label must be at least 0; got -1.*"),
            (() => _ = new Recall((Averaging)3), "averaging must be Macro, Micro or Weighted; got 3.*"),
            (() => _ = new RocAuc((Averaging)(-1)), "averaging must be Macro, Micro or Weighted; got -1.*"),
            (() => new TopKAccuracy().Add(column, column), "top_2_accuracy expects predictions of at least 2 columns, one for each class, got [4, 1].*"),
            (() => new F1Score(label: 2).Add(column, column), "f1_class_2 expects predictions of more than 2 classes, got 2.*"),
            (() => new F1Score(label: 3).Add(three, three), "f1_class_3 expects predictions of more than 3 classes, got 3.*"),
            (() => AddBoth(new Precision()), "precision_macro expects predictions of shape [N, 3], got [4, 4].*"),
            (() => AddBoth(new RocAuc()), "roc_auc expects predictions of shape [N, 3], as those before, got [4, 4]. Call Reset to begin anew.*"),
            (() => AddBoth(new R2()), "r2 expects predictions of shape [N, 3], as those before, got [4, 4]. Call Reset to begin anew.*"),
            (() => AddBoth(new MeanSquaredError()), "mean_squared_error expects predictions of shape [N, 3], as those before, got [4, 4]. Call Reset to begin anew.*"),
            (() => new Recall().Add(three, broken), "recall_macro expects targets that are classes; got NaN at row 2, column 1.*"),
            (() => new RocAuc().Add(three, broken), "roc_auc expects targets that are classes; got NaN at row 2, column 1.*"),
            (() => new LogLoss().Add(three, broken), "log_loss expects targets that are classes; got NaN at row 2, column 1.*"),
        ];
        foreach ((Action act, string message) in wrong)
            act.Should().Throw<ArgumentException>().WithMessage(message);

        void AddBoth(IMetric metric)
        {
            metric.Add(three, three);
            metric.Add(four, four);
        }
    }

    [Fact]
    public void NaN_makes_numbers_NaN_and_classes_wrong()
    {
        Matrix<double> predictions = Make.Rows([0.25, 0.75], [double.NaN, 0.5], [0.75, 0.25], [0.5, 0.5]), targets = OneHot.Encode<double>([1, 1, 0, 0], 2);
        foreach (MetricCase row in MetricCases.All.Where(row => !row.Name.EndsWith("label 2", StringComparison.Ordinal)))
        {
            IMetric metric = row.Create();
            metric.Add(predictions, targets);

            // The area of two classes is that of the scores of class 1, which are all numbers.
            bool isOfNumbers = metric is LogLoss or MeanSquaredError or MeanAbsoluteError or R2;
            double.IsNaN(metric.Value).Should().Be(isOfNumbers, row.Name);
        }

        var constant = new R2();
        constant.Add(Make.Rows([2], [double.NaN], [2]), Make.Rows([2], [2], [2]));
        constant.Value.Should().Be(double.NaN);

        var accuracy = new Accuracy();
        accuracy.Add(predictions, predictions);
        accuracy.Value.Should().Be(0.75);

        Matrix<double> scores = Make.Rows([0.5], [double.NaN], [0.25]), classes = Make.Rows([1], [0], [0]);
        var area = new RocAuc();
        area.Add(scores, classes);
        area.Value.Should().Be(double.NaN);
    }

    [Fact]
    public void Zeros_of_either_sign_and_infinities_are_scores_like_others()
    {
        // By hand: 0 and -0 are equal, so of the 2·2 pairs three are in order and one is a tie.
        var area = new RocAuc();
        area.Add(Make.Rows([double.NegativeInfinity], [-0.0], [0], [double.PositiveInfinity]), Make.Rows([0], [1], [0], [1]));
        area.Value.Should().Be(3.5 / 4);
    }

    [Fact]
    public void Scores_of_many_classes_keep_three_counts_of_each()
    {
        // Of 20,000 classes, a confusion matrix would be 3.2 GB.
        const int Classes = 20_000;
        Matrix<float> targets = OneHot.Encode<float>([0, Classes - 1, 7, 7], Classes), predictions = OneHot.Encode<float>([0, Classes - 1, 7, 8], Classes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var score = new Recall(Averaging.Micro);
        score.Add(predictions, targets);
        score.Value.Should().Be(0.75);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeInRange(3 * 8 * Classes, 2_000_000);
    }

    private static double Value<T>(IMetric metric, Matrix<T> predictions, Matrix<T> targets, int batchSize)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        metric.Reset();
        for (int start = 0; start < predictions.RowCount; start += batchSize)
        {
            int count = Math.Min(batchSize, predictions.RowCount - start);
            metric.Add(predictions.SubMatrix(start, count, 0, predictions.ColumnCount), targets.SubMatrix(start, count, 0, targets.ColumnCount));
        }

        return metric.Value;
    }

    private static Matrix<T> Rows<T>(JsonElement rows)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Matrix<T>.Build.DenseOfRows(rows.EnumerateArray().Select(row => row.EnumerateArray().Select(number => T.CreateChecked(Number(number)))));

    private static double Number(JsonElement number) => number.ValueKind == JsonValueKind.Null ? double.NaN : number.GetDouble();
}
