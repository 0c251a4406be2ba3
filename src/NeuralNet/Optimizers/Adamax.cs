using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// Adamax: <c>m = β1·m + (1 - β1)·g</c>, <c>u = max(β2·u, |g| + epsilon)</c>, <c>value = value - rate / (1 - β1ⁿ)·m / u</c> at step n; Adam with the infinity norm.
/// </summary>
/// <remarks>As PyTorch's Adamax. The paper has no epsilon.</remarks>
/// <seealso href="https://arxiv.org/abs/1412.6980">Kingma and Ba (2015), Adam: A Method for Stochastic Optimization, section 7.1.</seealso>
public sealed record Adamax : IOptimizerRule
{
    private static readonly string[] Names = ["exp_avg", "exp_inf"];

    /// <summary>Creates the rule.</summary>
    /// <param name="learningRate">The step size, greater than 0; 0.002 by default.</param>
    /// <param name="beta1">The share of the mean gradient that stays from step to step, in [0, 1); 0.9 by default.</param>
    /// <param name="beta2">The share of the largest gradient that stays from step to step, in [0, 1); 0.999 by default.</param>
    /// <param name="epsilon">What keeps the division finite, greater than 0, in the network's precision too; 1e-8 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public Adamax(double learningRate = 0.002, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) =>
        (LearningRate, Beta1, Beta2, Epsilon) = (learningRate, beta1, beta2, epsilon);

    /// <inheritdoc/>
    public double LearningRate { get; init => field = Guard.Positive(value, "learningRate"); }

    /// <summary>The share of the mean gradient that stays from step to step.</summary>
    public double Beta1 { get; init => field = Guard.Share(value, "beta1"); }

    /// <summary>The share of the largest gradient that stays from step to step.</summary>
    public double Beta2 { get; init => field = Guard.Share(value, "beta2"); }

    /// <summary>What keeps the division finite.</summary>
    public double Epsilon { get; init => field = Guard.Positive(value, "epsilon"); }

    /// <inheritdoc/>
    IReadOnlyList<string> IOptimizerRule.SlotNames => Names;

    /// <inheritdoc/>
    public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (T beta1, T rest1, T beta2) = (T.CreateTruncating(Beta1), T.CreateTruncating(1 - Beta1), T.CreateTruncating(Beta2));
        T rate = T.CreateTruncating(step.LearningRate / (1 - Elementary.Power(Beta1, step.Step)));
        ParameterUpdate.Run(new Rule<T>(beta1, rest1, beta2, rate, Guard.Epsilon<T>(Epsilon)), value, gradient, slots[0], slots[1]);
    }

    private readonly struct Rule<T>(T beta1, T rest1, T beta2, T rate, T epsilon) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int SlotCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V m, ref V u, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            m = DecayingSum.Next(beta1, m, rest1 * g);
            u = V.Max(beta2 * u, V.Abs(g) + V.Broadcast(epsilon));
            value -= rate * m / u;
        }
    }
}
