namespace NeuralNet.Tests;

/// <summary>What every loss says when it is used wrongly.</summary>
public class LossErrorTests
{
    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void Backward_needs_a_Forward_with_a_target(string name)
    {
        LossCase row = LossCases.Row(name);
        ILossLayer<double> loss = row.Create<double>();
        string message = $"{loss}: Backward was called before Forward with a target.";
        FluentActions.Invoking(() => loss.Backward()).Should().Throw<InvalidOperationException>().WithMessage(message);

        loss.Forward(row.Input(2), row.Target(2));
        loss.Backward();
        loss.Forward(row.Input(2));
        FluentActions.Invoking(() => loss.Backward())
            .Should().Throw<InvalidOperationException>("there is a Forward without a target since").WithMessage(message);
    }

    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void As_a_layer_it_needs_a_Forward_and_a_gradient_of_the_outputs_shape(string name)
    {
        LossCase row = LossCases.Row(name);
        ILossLayer<double> loss = row.Create<double>();
        FluentActions.Invoking(() => loss.Backward(row.Input(2)))
            .Should().Throw<InvalidOperationException>().WithMessage($"{loss}: Backward was called before Forward.");
        loss.Forward(row.Input(2));

        FluentActions.Invoking(() => loss.Backward(row.Input(3)))
            .Should().Throw<ArgumentException>().WithMessage($"{loss} expects an output gradient of shape [2, {row.Outputs}], got [3, {row.Outputs}].*");
    }

    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void Targets_of_another_shape_throw_and_name_the_loss_and_both_shapes(string name)
    {
        LossCase row = LossCases.Row(name);
        ILossLayer<double> loss = row.Create<double>();
        (int rows, int columns)[] wrong = [(3, row.Outputs), (2, row.Outputs + 1)];
        foreach ((int rows, int columns) in wrong)
        {
            FluentActions.Invoking(() => loss.Forward(row.Input(2), Make.Uniform(rows, columns, seed: 1)))
                .Should().Throw<ArgumentException>().WithMessage($"{loss} expects target of shape [2, {row.Outputs}], got [{rows}, {columns}].*");
        }
    }

    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void An_empty_batch_throws_and_names_the_loss(string name)
    {
        LossCase row = LossCases.Row(name);
        ILossLayer<double> loss = row.Create<double>();
        Matrix<double> empty = Matrix<double>.Build.Dense(0, row.Outputs);

        FluentActions.Invoking(() => loss.Forward(empty, empty))
            .Should().Throw<ArgumentException>().WithMessage($"{loss} expects at least one sample, got an empty batch*");
        FluentActions.Invoking(() => loss.Forward(empty)).Should().Throw<ArgumentException>().WithMessage($"{loss} expects at least one sample, got an empty batch*");
    }

    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void Sample_weights_are_one_for_each_sample_finite_not_negative_and_not_all_zero(string name)
    {
        LossCase row = LossCases.Row(name);
        ILossLayer<double> loss = row.Create<double>();
        (double[] Weights, string Message)[] wrong =
        [
            ([1], $"{loss} expects 2 sample weights, one for each sample, got 1.*"),
            ([1, -0.5], $"{loss}: sampleWeights must be finite and at least 0; got -0.5 at index 1.*"),
            ([double.NaN, 1], $"{loss}: sampleWeights must be finite and at least 0; got NaN at index 0.*"),
            ([1, double.PositiveInfinity], $"{loss}: sampleWeights must be finite and at least 0; got Infinity at index 1.*"),
            ([0, 0], $"{loss}: sampleWeights must not all be 0.*"),
        ];
        foreach ((double[] weights, string message) in wrong)
            FluentActions.Invoking(() => loss.Forward(row.Input(2), row.Target(2), weights)).Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Theory, MemberData(nameof(LossCases.Names), MemberType = typeof(LossCases))]
    public void Labels_are_one_for_each_sample_and_in_range(string name)
    {
        LossCase row = LossCases.Row(name);
        ILossLayer<double> loss = row.Create<double>();

        FluentActions.Invoking(() => loss.Forward(row.Input(2), [0, row.Outputs]))
            .Should().Throw<ArgumentException>().WithMessage($"Labels must be from 0 to {row.Outputs - 1}; got {row.Outputs} at index 1.*");
        FluentActions.Invoking(() => loss.Forward(row.Input(2), [0, 1, 0]))
            .Should().Throw<ArgumentException>().WithMessage("There must be as many labels as samples: expected 2, got 3.*");
    }

    [Fact]
    public void Hyperparameters_are_in_their_ranges()
    {
        (Func<ILossLayer<double>> Create, string Message)[] wrong =
        [
            (() => new SoftmaxWithLoss<double>(labelSmoothing: 1), "labelSmoothing must be in [0, 1); got 1.*"),
            (() => new SoftmaxWithLoss<double>(labelSmoothing: double.NaN), "labelSmoothing must be in [0, 1); got NaN.*"),
            (() => new SigmoidWithLoss<double>(labelSmoothing: -0.1), "labelSmoothing must be in [0, 1); got -0.1.*"),
            (() => new SoftmaxWithLoss<double>(classWeights: [1, -2]), "classWeights must be finite and at least 0; got -2 at index 1.*"),
            (() => new SoftmaxWithLoss<double>(classWeights: [double.NaN, 1]), "classWeights must be finite and at least 0; got NaN at index 0.*"),
            (() => new SoftmaxWithLoss<double>(classWeights: [0, 0]), "classWeights must not all be 0.*"),
            (() => new SoftmaxWithLoss<double>(0.1, [1, 0]), "classWeights must be greater than 0 where labels are smoothed, because every class has a share in every target; got 0 at index 1.*"),
            (() => new SigmoidWithLoss<double>(outputWeights: [double.PositiveInfinity]), "outputWeights must be finite and at least 0; got Infinity at index 0.*"),
            (() => new SigmoidWithLoss<double>(positiveWeights: [-1]), "positiveWeights must be finite and at least 0; got -1 at index 0.*"),
            (() => new Focal<double>(gamma: -1), "gamma must be at least 0 and finite; got -1.*"),
            (() => new Focal<double>(alpha: [1, -1]), "alpha must be finite and at least 0; got -1 at index 1.*"),
            (() => new Hinge<double>(margin: 0), "margin must be greater than 0 and finite; got 0.*"),
            (() => new Huber<double>(delta: double.NaN), "delta must be greater than 0 and finite; got NaN.*"),
        ];
        foreach ((Func<ILossLayer<double>> create, string message) in wrong)
            create.Invoking(it => it()).Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void Weights_of_outputs_are_one_for_each_at_build_and_at_use()
    {
        (ILossLayer<double> Loss, string Message)[] wrong =
        [
            (new SoftmaxWithLoss<double>(classWeights: [1, 2]), "SoftmaxWithLoss(2 classWeights) expects 3 classWeights, one for each output, got 2."),
            (new SigmoidWithLoss<double>(outputWeights: [1, 2]), "SigmoidWithLoss(2 outputWeights) expects 3 outputWeights, one for each output, got 2."),
            (new SigmoidWithLoss<double>(0.5, [], [1, 2, 3, 4]), "SigmoidWithLoss(labelSmoothing 0.5, 4 positiveWeights) expects 3 positiveWeights, one for each output, got 4."),
            (new Focal<double>(alpha: [1, 2]), "Focal(gamma 2, 2 alpha) expects 3 alpha, one for each output, got 2."),
        ];
        foreach ((ILossLayer<double> loss, string message) in wrong)
        {
            loss.Invoking(it => it.Forward(Make.Uniform(2, 3, seed: 1), Make.OneHotRows(2, 3, seed: 2))).Should().Throw<ArgumentException>().WithMessage(message + "*");
            FluentActions.Invoking(() => new Network<double>(3, [loss])).Should().Throw<ArgumentException>().WithMessage($"*{message}*");
        }
    }

    [Fact]
    public void Targets_are_what_the_loss_needs()
    {
        Matrix<double> x = Make.Uniform(2, 3, seed: 1);
        const string OneHot = "Hinge(1) expects one-hot targets, a single 1 in each row and else 0; got ";
        (ILossLayer<double> Loss, Matrix<double> Targets, string Message)[] wrong =
        [
            (new Hinge<double>(), Make.Rows([1, 0, 0], [0, 0.5, 0.5]), OneHot + "0.5 at row 1, column 1.*"),
            (new Hinge<double>(), Make.Rows([0, 0, 0], [0, 1, 0]), OneHot + "0 ones in row 0.*"),
            (new Hinge<double>(), Make.Rows([1, 0, 0], [0, 1, 1]), OneHot + "2 ones in row 1.*"),
            (new KullbackLeibler<double>(), Make.Rows([1, 0, 0], [0, 1.5, -0.5]), "KullbackLeibler expects targets of at least 0; got -0.5 at row 1, column 2.*"),
            (new KullbackLeibler<double>(), Make.Rows([1, 0, double.NaN], [0, 1, 0]), "KullbackLeibler expects targets of at least 0; got NaN at row 0, column 2.*"),
            (new SoftmaxWithLoss<double>(classWeights: [0, 1, 1]), Make.Rows([1, 0, 0], [1, 0, 0]), "SoftmaxWithLoss(3 classWeights): no target has a class of weight greater than 0 in a sample of weight greater than 0, so there is nothing to take the mean of."),
        ];
        foreach ((ILossLayer<double> loss, Matrix<double> targets, string message) in wrong)
            loss.Invoking(it => it.Forward(x, targets)).Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void A_hinge_over_one_score_says_what_to_use() =>
        FluentActions.Invoking(() => new Network<double>(1, [new Hinge<double>()]))
            .Should().Throw<ArgumentException>().WithMessage("*Hinge(1) expects at least 2 scores a sample, got 1: the true class is compared with the others. Use two outputs for two classes.*");

    [Fact]
    public void Labels_without_a_loss_or_scores_throw_by_name()
    {
        FluentActions.Invoking(() => LossLayerExtensions.Forward(null!, Make.Uniform(2, 3, seed: 1), (int[])[0, 1])).Should().Throw<ArgumentNullException>().WithParameterName("loss");
        FluentActions.Invoking(() => new MeanSquaredError<double>().Forward(null!, (int[])[0, 1])).Should().Throw<ArgumentNullException>().WithParameterName("input");
    }
}
