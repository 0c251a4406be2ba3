namespace NeuralNet.Tests;

public class ConfusionMatrixTests
{
    private static readonly int[] Actual = [0, 0, 0, 1, 1, 1, 1], Predicted = [0, 0, 1, 1, 1, 0, -1];

    [Fact]
    public void Counts_are_those_counted_by_hand()
    {
        var matrix = new ConfusionMatrix(3, Actual, Predicted);

        (matrix[0, 0], matrix[0, 1], matrix[1, 0], matrix[1, 1], matrix[1, -1], matrix[2, 2]).Should().Be((2, 1, 1, 2, 1, 0));
        (matrix.Count, matrix.Correct).Should().Be((7, 4));
        matrix.Accuracy.Should().Be(4.0 / 7);
        matrix.Recall(0).Should().Be(2.0 / 3);
        matrix.Recall(1).Should().Be(0.5);
        matrix.Recall(2).Should().Be(0);
    }

    [Fact]
    public void Figures_are_those_counted_by_hand()
    {
        var matrix = new ConfusionMatrix(3, Actual, Predicted);

        (matrix.Precision(0), matrix.Precision(1), matrix.Precision(2)).Should().Be((2.0 / 3, 2.0 / 3, 0));
        (matrix.F1(0), matrix.F1(1), matrix.F1(2)).Should().Be((4.0 / 6, 4.0 / 7, 0));

        // Class 2 does not occur, so it has no part in the mean; one sample has no prediction.
        (matrix.Recall(Averaging.Macro), matrix.Precision(Averaging.Macro), matrix.F1(Averaging.Macro)).Should().Be((((2.0 / 3) + 0.5) / 2, 2.0 / 3, ((4.0 / 6) + (4.0 / 7)) / 2));
        (matrix.Recall(Averaging.Micro), matrix.Precision(Averaging.Micro), matrix.F1(Averaging.Micro)).Should().Be((4.0 / 7, 4.0 / 6, 8.0 / 13));
        matrix.Recall(Averaging.Weighted).Should().Be(((3 * (2.0 / 3)) + (4 * 0.5)) / 7);
    }

    [Fact]
    public void Without_samples_there_are_no_figures()
    {
        var matrix = new ConfusionMatrix(3, Actual, Predicted);
        matrix.Clear();

        matrix.Count.Should().Be(0);
        double[] figures = [matrix.Accuracy, matrix.Precision(1), matrix.Recall(Averaging.Macro), matrix.F1(Averaging.Micro), matrix.Precision(Averaging.Weighted)];
        figures.Should().AllBeEquivalentTo(double.NaN);
    }

    [Fact]
    public void Rows_count_as_their_classes_do()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add(Make.Rows([0.25, 0.75], [1, 0], [double.NaN, 1]), OneHot.Encode<double>([1, 1, 0], 2));
        matrix.Add(Make.Rows([0.75], [0.25]).As<float>(), Make.Rows([1], [0]).As<float>());

        matrix.ToString().Should().Be(new ConfusionMatrix(2, [1, 1, 0, 1, 0], [1, 0, -1, 1, 0]).ToString());
    }

    [Fact]
    public void More_predictions_add_to_the_counts()
    {
        var matrix = new ConfusionMatrix(3);
        matrix.Accuracy.Should().Be(double.NaN);
        matrix.Add(Actual.AsSpan(0, 3), Predicted.AsSpan(0, 3));
        matrix.Add(Actual.AsSpan(3), Predicted.AsSpan(3));

        (matrix.Count, matrix.Correct).Should().Be((7, 4));
        matrix.ToString().Should().Be(new ConfusionMatrix(3, Actual, Predicted).ToString());
    }

    [Fact]
    public void The_table_is_aligned()
    {
        new ConfusionMatrix(3, Actual, Predicted).ToString().ReplaceLineEndings("\n").Should().Be(
            """
                    predicted
            actual     0     1     2  none    recall
                 0     2     1     0     0   66.67 %
                 1     1     2     0     1   50.00 %
                 2     0     0     0     0         -
            accuracy 57.14 % (4 of 7)
            """);

        int[] many = new int[12_345];
        new ConfusionMatrix(2, many, many).ToString().ReplaceLineEndings("\n").Should().Be(
            """
                    predicted
            actual      0      1    recall
                 0  12345      0  100.00 %
                 1      0      0         -
            accuracy 100.00 % (12345 of 12345)
            """);
    }

    [Fact]
    public void Wrong_labels_are_told_in_words_and_nothing_is_counted()
    {
        var matrix = new ConfusionMatrix(2);

        Wrong(() => matrix.Add([0, 1], [0]), "There must be as many predicted labels as actual ones: expected 2, got 1.*");
        Wrong(() => matrix.Add([0, 2], [0, 0]), "Actual labels must be from 0 to 1; got 2 at index 1.*");
        Wrong(() => matrix.Add([0, -1], [0, 0]), "Actual labels must be from 0 to 1; got -1 at index 1.*");
        Wrong(() => matrix.Add([0, 0], [0, 2]), "Predicted labels must be from 0 to 1, or -1 for none; got 2 at index 1.*");
        Wrong(() => matrix.Add([0, 0], [0, -2]), "Predicted labels must be from 0 to 1, or -1 for none; got -2 at index 1.*");
        Wrong(() => _ = matrix[0, 2], "predicted must be from 0 to 1, or -1 for none; got 2.*");
        Wrong(() => _ = matrix[2, 0], "actual must be from 0 to 1; got 2.*");
        Wrong(() => _ = new ConfusionMatrix(1), "classes must be at least 2; got 1.*");
        Wrong(() => matrix.Add(Make.Uniform(2, 3, seed: 1), Make.Uniform(2, 3, seed: 1)), "ConfusionMatrix expects predictions of shape [N, 2] or [N, 1], got [2, 3].*");
        Wrong(() => matrix.Add(Make.Uniform(2, 2, seed: 1), Make.Rows([0, 1], [double.NaN, 0])), "ConfusionMatrix expects targets that are classes; got NaN at row 1, column 0.*");
        Wrong(() => matrix.F1(2), "label must be from 0 to 1; got 2.*");
        Wrong(() => matrix.F1((Averaging)3), "averaging must be Macro, Micro or Weighted; got 3.*");
        matrix.Count.Should().Be(0);

        static void Wrong(Action action, string message) => action.Should().Throw<ArgumentException>().WithMessage(message);
    }
}
