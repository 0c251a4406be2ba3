using System.Text.Json;

namespace NeuralNet.Tests;

/// <summary>The numbers that every loss computes, against PyTorch and long double.</summary>
public class LossValueTests
{
    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void Losses_and_gradients_are_those_of_PyTorch(string name)
    {
        Check<double>(MatrixAssertions.DoubleTolerance);
        Check<float>(MatrixAssertions.SingleTolerance);

        void Check<T>(double tolerance)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            // losses.json: make_losses.py, gradients by PyTorch float64, losses in long double.
            JsonElement golden = GoldenFile.Row("losses", name), head = golden.GetProperty("head");
            ILossLayer<T> loss = LossCases.Row(name).Create<T>();
            Matrix<T> x = head.Matrix("input").As<T>(), t = golden.Matrix("target").As<T>();
            T[] weights = [.. golden.Numbers("sampleWeights").Select(T.CreateTruncating)];

            loss.Forward(x, t).ShouldBeClose(golden.GetProperty("plain").Number("loss"), tolerance);
            loss.Backward().ShouldBeClose(golden.GetProperty("plain").Matrix("inputGradient"), tolerance);
            loss.Forward(x, t, weights).ShouldBeClose(golden.GetProperty("weighted").Number("loss"), tolerance);
            loss.Backward().ShouldBeClose(golden.GetProperty("weighted").Matrix("inputGradient"), tolerance);
            loss.Forward(x).ShouldBeClose(head.Matrix("output"), tolerance);
            loss.Backward(head.Matrix("outputGradient").As<T>()).ShouldBeClose(head.Matrix("inputGradient"), tolerance);
        }
    }

    public static TheoryData<string> Huge => [.. GoldenFile.Names("losses.huge")];

    public static TheoryData<string> Indices => [.. GoldenFile.Names("losses.index")];

    [Theory, MemberData(nameof(Indices))]
    public void Labels_give_what_PyTorch_gives_for_class_indices(string name)
    {
        // losses.index.json: make_losses.py, PyTorch's cross_entropy of class indices.
        JsonElement golden = GoldenFile.Row("losses.index", name);
        ILossLayer<double> loss = LossCases.Row(name).Create<double>();
        int[] labels = [.. golden.Numbers("labels").Select(label => (int)label)];

        loss.Forward(golden.Matrix("input"), labels).ShouldBeClose(golden.Number("loss"), MatrixAssertions.DoubleTolerance);
        loss.Backward().ShouldBeClose(golden.Matrix("inputGradient"), MatrixAssertions.DoubleTolerance);
    }

    // By hand: 2^-103 is the least normal number of float over its epsilon, 2^-970 that of double. The loss is the sum of (x - t)² / 2, its gradient x - t.
    [Fact]
    public void Gradients_that_are_too_small_to_count_are_0()
    {
        Check<float>(-103);
        Check<double>(-970);

        static void Check<T>(int exponent)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T least = T.ScaleB(T.One, exponent);
            var loss = new SumSquaredError<T>();
            loss.Forward(Matrix<T>.Build.DenseOfRowArrays([least, T.BitDecrement(least), -least, T.BitIncrement(-least)]), Matrix<T>.Build.Dense(1, 4));
            loss.Backward().Row(0).Should().Equal(least, T.Zero, -least, T.Zero);
        }
    }

    // e^-80 is 1.8e-35: with a weight of 0.001 it would be subnormal, and the step many times slower.
    [Fact]
    public void A_sample_that_a_network_is_sure_of_gives_no_gradient()
    {
        Matrix<float> scores = Make.Rows([60, 0], [80, 0]).As<float>(), target = Make.Rows([1, 0], [1, 0]).As<float>();
        var joined = new SoftmaxWithLoss<float>();
        joined.Forward(scores, target);
        Check(joined.Backward());

        var softmax = new Softmax<float>();
        var loss = new CrossEntropyError<float>();
        loss.Forward(softmax.Forward(scores), target);
        Check(softmax.Backward(loss.Backward()));

        static void Check(Matrix<float> gradient)
        {
            gradient[0, 1].Should().BeApproximately((float)(Math.Exp(-60) / 2), 1e-32f, "it still counts");
            gradient[1, 1].Should().Be(0);
        }
    }

    [Fact]
    public void At_a_kink_the_slope_is_0()
    {
        // By hand: equal numbers; and a true class that leads by the margin exactly.
        var absolute = new MeanAbsoluteError<double>();
        absolute.Forward(Make.Rows([1, 2]), Make.Rows([1, 2])).Should().Be(0);
        absolute.Backward().ShouldBeValues(Make.Rows([0, 0]));

        var hinge = new Hinge<double>();
        hinge.Forward(Make.Rows([2, 1]), Make.Rows([1, 0])).Should().Be(0);
        hinge.Backward().ShouldBeValues(Make.Rows([0, 0]));
    }

    [Theory, MemberData(nameof(Huge))]
    public void Scores_of_a_thousand_give_the_finite_loss_of_extended_precision(string name)
    {
        Check<double>(MatrixAssertions.DoubleTolerance);
        Check<float>(MatrixAssertions.SingleTolerance);

        void Check<T>(double tolerance)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            // losses.huge.json: make_losses.py, log-sum-exp in long double.
            JsonElement golden = GoldenFile.Row("losses.huge", name);
            ILossLayer<T> loss = LossCases.Row(name).New<T>();
            double value = loss.Forward(golden.Matrix("input").As<T>(), golden.Matrix("target").As<T>());

            double.IsFinite(value).Should().BeTrue();
            value.ShouldBeClose(golden.Number("loss"), tolerance);
            loss.Backward().ShouldBeClose(golden.Matrix("inputGradient"), tolerance);
        }
    }

    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void Float_agrees_with_double(string name)
    {
        LossCase row = LossCases.Row(name);
        ILossLayer<double> exact = row.Create<double>();
        ILossLayer<float> single = row.Create<float>();
        Matrix<double> x = row.Input(7), t = row.Target(7);

        single.Forward(x.As<float>(), t.As<float>()).ShouldBeClose(exact.Forward(x, t), MatrixAssertions.SingleTolerance);
        single.Backward().ShouldBeClose(exact.Backward(), MatrixAssertions.SingleTolerance);
    }

    [Fact]
    public void A_probability_of_zero_on_the_true_class_is_an_infinite_loss_and_on_another_counts_nothing()
    {
        // By hand: -1·log 0 = inf; 0·log 0 counts as 0, so -log 0.5 = 0.6931471805599453 (log 2) remains.
        var loss = new CrossEntropyError<double>();
        loss.Forward(Make.Rows([0, 1]), Make.Rows([1, 0])).Should().Be(double.PositiveInfinity);
        loss.Forward(Make.Rows([0, 0.5]), Make.Rows([0, 1])).ShouldBeClose(0.6931471805599453, MatrixAssertions.DoubleTolerance);
        loss.Backward().ShouldBeValues(Make.Rows([0, -2]));
    }

    [Fact]
    public void Two_classes_in_one_output_take_labels_0_and_1()
    {
        // By hand: σ(0) = 1/2, so each sample's loss is log 2 = 0.6931471805599453; the gradients are (1/2 - t) / 2.
        var loss = new SigmoidWithLoss<double>();
        loss.Forward(Make.Rows([0], [0]), [1, 0]).ShouldBeClose(0.6931471805599453, MatrixAssertions.DoubleTolerance);
        loss.Backward().ShouldBeValues(Make.Rows([-0.25], [0.25]));
    }
}
