using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// RAdam, Adam with rectified variance: <c>m̂</c> and <c>v</c> as <see cref="Adam"/>'s, <c>value = value - rate·r·√(1 - β2ⁿ)·m̂ / (√v + epsilon)</c> at step n where
/// <c>ρ = ρ∞ - 2n·β2ⁿ / (1 - β2ⁿ)</c>, <c>ρ∞ = 2 / (1 - β2) - 1</c>, is above 5, with <c>r² = (ρ - 4)(ρ - 2)ρ∞ / ((ρ∞ - 4)(ρ∞ - 2)ρ)</c>; <c>value = value - rate·m̂</c> before that.
/// </summary>
/// <remarks>As PyTorch's RAdam: with the default β2 the first five steps do not divide by the root. The paper divides from ρ above 4 on.</remarks>
/// <seealso href="https://arxiv.org/abs/1908.03265">Liu, Jiang, He, Chen, Liu, Gao and Han (2020), On the Variance of the Adaptive Learning Rate and Beyond.</seealso>
public sealed record RAdam : IOptimizerRule
{
    private static readonly string[] Names = ["exp_avg", "exp_avg_sq"];

    /// <summary>Creates the rule.</summary>
    /// <param name="learningRate">The step size, greater than 0; 0.001 by default.</param>
    /// <param name="beta1">The share of the mean gradient that stays from step to step, in [0, 1); 0.9 by default.</param>
    /// <param name="beta2">The share of the mean square that stays from step to step, in [0, 1); 0.999 by default.</param>
    /// <param name="epsilon">What keeps the division finite, greater than 0, in the network's precision too; 1e-8 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public RAdam(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) =>
        (LearningRate, Beta1, Beta2, Epsilon) = (learningRate, beta1, beta2, epsilon);

    /// <inheritdoc/>
    public double LearningRate { get; init => field = Guard.Positive(value, "learningRate"); }

    /// <summary>The share of the mean gradient that stays from step to step.</summary>
    public double Beta1 { get; init => field = Guard.Share(value, "beta1"); }

    /// <summary>The share of the mean square that stays from step to step.</summary>
    public double Beta2 { get; init => field = Guard.Share(value, "beta2"); }

    /// <summary>What keeps the division finite.</summary>
    public double Epsilon { get; init => field = Guard.Positive(value, "epsilon"); }

    /// <inheritdoc/>
    IReadOnlyList<string> IOptimizerRule.SlotNames => Names;

    /// <inheritdoc/>
    public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (T beta1, T rest1) = (T.CreateTruncating(Beta1), T.CreateTruncating(1 - Beta1));
        (T beta2, T rest2) = (T.CreateTruncating(Beta2), T.CreateTruncating(1 - Beta2));
        double corrected = step.LearningRate / (1 - Elementary.Power(Beta1, step.Step)), power = Elementary.Power(Beta2, step.Step);
        double longest = (2 / (1 - Beta2)) - 1, length = longest - (2 * step.Step * power / (1 - power));
        if (length > 5)
        {
            double rectification = Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
            T rate = T.CreateTruncating(corrected * rectification * Math.Sqrt(1 - power));
            ParameterUpdate.Run(new Rule<T, On>(beta1, rest1, beta2, rest2, rate, Guard.Epsilon<T>(Epsilon)), value, gradient, slots[0], slots[1]);
        }
        else
        {
            ParameterUpdate.Run(new Rule<T, Off>(beta1, rest1, beta2, rest2, T.CreateTruncating(corrected), Guard.Epsilon<T>(Epsilon)), value, gradient, slots[0], slots[1]);
        }
    }

    private readonly struct Rule<T, TAdaptive>(T beta1, T rest1, T beta2, T rest2, T rate, T epsilon) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TAdaptive : struct, IOption
    {
        public static int SlotCount => 2;

        public static bool SquaresGradient => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V m, ref V v, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            m = DecayingSum.Next(beta1, m, rest1 * g);
            v = DecayingSum.Next(beta2, v, rest2 * g * g);
            value -= TAdaptive.IsOn ? rate * m / (V.Sqrt(v) + V.Broadcast(epsilon)) : rate * m;
        }
    }
}
