namespace NeuralNet;

/// <summary>Adam with decoupled weight decay: <c>value = (1 - rate·weightDecay)·value</c>, then <see cref="Adam"/>'s update.</summary>
/// <remarks>As PyTorch's AdamW. The decay does not pass through the division by √v̂, as the gradient of an L2 penalty would (<see cref="L2"/>).</remarks>
/// <seealso href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter (2019), Decoupled Weight Decay Regularization.</seealso>
/// <seealso href="https://openreview.net/forum?id=ryQu7f-RZ">Reddi, Kale and Kumar (2018), On the Convergence of Adam and Beyond (AMSGrad).</seealso>
public sealed record AdamW : IOptimizerRule
{
    private readonly Adam adam;

    /// <summary>Creates the rule.</summary>
    /// <param name="learningRate">The step size, greater than 0; 0.001 by default.</param>
    /// <param name="beta1">The share of the mean gradient that stays from step to step, in [0, 1); 0.9 by default.</param>
    /// <param name="beta2">The share of the mean square that stays from step to step, in [0, 1); 0.999 by default.</param>
    /// <param name="epsilon">What keeps the division finite, greater than 0, in the network's precision too; 1e-8 by default.</param>
    /// <param name="weightDecay">How much of a parameter is taken off in each step, times the rate, at least 0; 0.01 by default.</param>
    /// <param name="amsGrad">Whether to divide by the largest mean square there was instead of the latest; false by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public AdamW(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0.01, bool amsGrad = false) =>
        (adam, WeightDecay) = (new Adam(learningRate, beta1, beta2, epsilon, amsGrad), weightDecay);

    /// <inheritdoc/>
    public double LearningRate { get => adam.LearningRate; init => adam = adam with { LearningRate = value }; }

    /// <summary>The share of the mean gradient that stays from step to step.</summary>
    public double Beta1 { get => adam.Beta1; init => adam = adam with { Beta1 = value }; }

    /// <summary>The share of the mean square that stays from step to step.</summary>
    public double Beta2 { get => adam.Beta2; init => adam = adam with { Beta2 = value }; }

    /// <summary>What keeps the division finite.</summary>
    public double Epsilon { get => adam.Epsilon; init => adam = adam with { Epsilon = value }; }

    /// <summary>How much of a parameter is taken off in each step, times the rate; only of parameters that decay.</summary>
    public double WeightDecay { get; init => field = Guard.NotNegative(value, "weightDecay"); }

    /// <summary>Whether to divide by the largest mean square there was instead of the latest (AMSGrad).</summary>
    public bool AmsGrad { get => adam.AmsGrad; init => adam = adam with { AmsGrad = value }; }

    /// <inheritdoc/>
    IReadOnlyList<string> IOptimizerRule.SlotNames => ((IOptimizerRule)adam).SlotNames;

    /// <inheritdoc/>
    public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        adam.Update(keep: 1 - (step.LearningRate * step.DecayOf(WeightDecay)), value, gradient, slots, step);
}
