using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// NAdam, Adam with Nesterov momentum: <c>m</c> and <c>v̂</c> as <see cref="Adam"/>'s,
/// <c>value = value - rate·((1 - μₙ) / (1 - μ₁⋯μₙ)·g + μₙ₊₁ / (1 - μ₁⋯μₙ₊₁)·m) / (√v̂ + epsilon)</c>
/// with <c>μₙ = β1·(1 - 0.96^(n·momentumDecay) / 2)</c> at step n.
/// </summary>
/// <remarks>
/// As PyTorch 1.13's NAdam, which multiplies <c>μ₁⋯μₙ₊₁</c> as <c>μ₁⋯μₙ·μₙ·μₙ₊₁</c>, one μₙ more than the paper does. Its mu_product is computed anew from
/// the number of the step, so it is not a slot.
/// </remarks>
/// <seealso href="https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ">Dozat (2016), Incorporating Nesterov Momentum into Adam.</seealso>
public sealed record NAdam : IOptimizerRule
{
    /// <summary>Less than half the distance from 1 to the next number below it: 1 minus this is 1.</summary>
    private const double Negligible = 1e-17;

    private static readonly string[] Names = ["exp_avg", "exp_avg_sq"];

    /// <summary>Creates the rule.</summary>
    /// <param name="learningRate">The step size, greater than 0; 0.002 by default.</param>
    /// <param name="beta1">The share of the mean gradient that stays from step to step, in [0, 1); 0.9 by default.</param>
    /// <param name="beta2">The share of the mean square that stays from step to step, in [0, 1); 0.999 by default.</param>
    /// <param name="epsilon">What keeps the division finite, greater than 0, in the network's precision too; 1e-8 by default.</param>
    /// <param name="momentumDecay">How fast μ grows from β1 / 2 to β1, at least 0; 0.004 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public NAdam(double learningRate = 0.002, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double momentumDecay = 0.004) =>
        (LearningRate, Beta1, Beta2, Epsilon, MomentumDecay) = (learningRate, beta1, beta2, epsilon, momentumDecay);

    /// <inheritdoc/>
    public double LearningRate { get; init => field = Guard.Positive(value, "learningRate"); }

    /// <summary>The share of the mean gradient that stays from step to step.</summary>
    public double Beta1 { get; init => field = Guard.Share(value, "beta1"); }

    /// <summary>The share of the mean square that stays from step to step.</summary>
    public double Beta2 { get; init => field = Guard.Share(value, "beta2"); }

    /// <summary>What keeps the division finite.</summary>
    public double Epsilon { get; init => field = Guard.Positive(value, "epsilon"); }

    /// <summary>How fast μ grows from β1 / 2 to β1.</summary>
    public double MomentumDecay { get; init => field = Guard.NotNegative(value, "momentumDecay"); }

    /// <inheritdoc/>
    IReadOnlyList<string> IOptimizerRule.SlotNames => Names;

    /// <inheritdoc/>
    public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double mu = Mu(step.Step), muNext = Mu(step.Step + 1), product = MuProduct(step.Step);
        T gradientRate = T.CreateTruncating(step.LearningRate * (1 - mu) / (1 - product));
        T meanRate = T.CreateTruncating(step.LearningRate * muNext / (1 - (product * mu * muNext)));
        (T beta1, T rest1) = (T.CreateTruncating(Beta1), T.CreateTruncating(1 - Beta1));
        (T beta2, T rest2) = (T.CreateTruncating(Beta2), T.CreateTruncating(1 - Beta2));
        T rootScale = T.CreateTruncating(1 / Math.Sqrt(1 - Elementary.Power(Beta2, step.Step)));
        var rule = new Rule<T>(beta1, rest1, beta2, rest2, gradientRate, meanRate, rootScale, Guard.Epsilon<T>(Epsilon));
        ParameterUpdate.Run(rule, value, gradient, slots[0], slots[1]);
    }

    private double Mu(long step) => Beta1 * (1 - (0.5 * Elementary.Power(0.96, step * MomentumDecay)));

    // Every factor is at most β1, so the product soon no longer counts beside 1: after some 50 steps with the defaults.
    private double MuProduct(long step)
    {
        double product = 1;
        for (long i = 1; i <= step && product > Negligible; i++)
            product *= Mu(i);
        return product;
    }

    private readonly struct Rule<T>(T beta1, T rest1, T beta2, T rest2, T gradientRate, T meanRate, T rootScale, T epsilon) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int SlotCount => 2;

        public static bool SquaresGradient => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V m, ref V v, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            m = DecayingSum.Next(beta1, m, rest1 * g);
            v = DecayingSum.Next(beta2, v, rest2 * g * g);
            value -= ((gradientRate * g) + (meanRate * m)) / ((rootScale * V.Sqrt(v)) + V.Broadcast(epsilon));
        }
    }
}
