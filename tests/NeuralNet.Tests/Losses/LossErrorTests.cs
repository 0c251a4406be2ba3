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
            .Should().Throw<InvalidOperationException>().WithMessage("*: Backward was called before Forward.");
        loss.Forward(row.Input(2));

        FluentActions.Invoking(() => loss.Backward(row.Input(3)))
            .Should().Throw<ArgumentException>().WithMessage($"*expects an output gradient of shape [2, {row.Outputs}], got [3, {row.Outputs}].*");
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
        FluentActions.Invoking(() => loss.Forward(empty)).Should().Throw<ArgumentException>().WithMessage("* expects at least one sample, got an empty batch*");
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
}
