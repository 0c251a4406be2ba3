using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// Lion: <c>value = (1 - rate·weightDecay)·value - rate·sign(β1·m + (1 - β1)·g)</c>, then <c>m = β2·m + (1 - β2)·g</c>; every number moves by the rate.
/// </summary>
/// <remarks>As the paper's Algorithm 2, with the defaults of its authors' code; PyTorch has none. Rates are 3 to 10 times smaller than Adam's, weight decays as much larger. Where gradients have ended, m comes to 0 in the end, and the number rests.</remarks>
/// <seealso href="https://arxiv.org/abs/2302.06675">Chen, Liang, Huang, Real, Wang, Liu, Pham, Dong, Luong, Hsieh, Lu and Le (2023), Symbolic Discovery of Optimization Algorithms.</seealso>
public sealed record Lion : IOptimizerRule
{
    private static readonly string[] Names = ["exp_avg"];

    /// <summary>Creates the rule.</summary>
    /// <param name="learningRate">The step size, greater than 0; 0.0001 by default.</param>
    /// <param name="beta1">The share of the mean in the direction, in [0, 1); 0.9 by default.</param>
    /// <param name="beta2">The share of the mean gradient that stays from step to step, in [0, 1); 0.99 by default.</param>
    /// <param name="weightDecay">How much of a parameter is taken off in each step, times the rate, at least 0; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public Lion(double learningRate = 0.0001, double beta1 = 0.9, double beta2 = 0.99, double weightDecay = 0) =>
        (LearningRate, Beta1, Beta2, WeightDecay) = (learningRate, beta1, beta2, weightDecay);

    /// <inheritdoc/>
    public double LearningRate { get; init => field = Guard.Positive(value, "learningRate"); }

    /// <summary>The share of the mean in the direction.</summary>
    public double Beta1 { get; init => field = Guard.Share(value, "beta1"); }

    /// <summary>The share of the mean gradient that stays from step to step.</summary>
    public double Beta2 { get; init => field = Guard.Share(value, "beta2"); }

    /// <summary>How much of a parameter is taken off in each step, times the rate; only of parameters that decay.</summary>
    public double WeightDecay { get; init => field = Guard.NotNegative(value, "weightDecay"); }

    /// <inheritdoc/>
    IReadOnlyList<string> IOptimizerRule.SlotNames => Names;

    /// <inheritdoc/>
    public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (T beta1, T rest1) = (T.CreateTruncating(Beta1), T.CreateTruncating(1 - Beta1));
        (T beta2, T rest2) = (T.CreateTruncating(Beta2), T.CreateTruncating(1 - Beta2));
        T keep = T.CreateTruncating(1 - (step.LearningRate * step.DecayOf(WeightDecay)));
        ParameterUpdate.Run(new Rule<T>(keep, beta1, rest1, beta2, rest2, T.CreateTruncating(step.LearningRate)), value, gradient, slots[0]);
    }

    private readonly struct Rule<T>(T keep, T beta1, T rest1, T beta2, T rest2, T rate) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V m, ref V slot1, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            value = (keep * value) - (rate * Piecewise.Sign<V, T>((beta1 * m) + (rest1 * g)));
            m = DecayingSum.Next(beta2, m, rest2 * g);
        }
    }
}
