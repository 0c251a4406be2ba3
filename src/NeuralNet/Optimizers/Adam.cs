using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// Adam: <c>m = β1·m + (1 - β1)·g</c>, <c>v = β2·v + (1 - β2)·g²</c>, <c>value = value - rate·m̂ / (√v̂ + epsilon)</c>
/// with <c>m̂ = m / (1 - β1ⁿ)</c> and <c>v̂ = v / (1 - β2ⁿ)</c> at step n.
/// </summary>
/// <remarks>As PyTorch's Adam and the paper's Algorithm 1: epsilon is added to √v̂. The book adds 1e-7 to √v ("epsilon hat"). AMSGrad takes for v̂ the largest v there was.</remarks>
/// <seealso href="https://arxiv.org/abs/1412.6980">Kingma and Ba (2015), Adam: A Method for Stochastic Optimization.</seealso>
/// <seealso href="https://openreview.net/forum?id=ryQu7f-RZ">Reddi, Kale and Kumar (2018), On the Convergence of Adam and Beyond (AMSGrad).</seealso>
public sealed record Adam : IOptimizerRule
{
    private static readonly string[] Names = ["exp_avg", "exp_avg_sq"], NamesOfAmsGrad = [.. Names, "max_exp_avg_sq"];

    /// <summary>Creates the rule.</summary>
    /// <param name="learningRate">The step size, greater than 0; 0.001 by default.</param>
    /// <param name="beta1">The share of the mean gradient that stays from step to step, in [0, 1); 0.9 by default.</param>
    /// <param name="beta2">The share of the mean square that stays from step to step, in [0, 1); 0.999 by default.</param>
    /// <param name="epsilon">What keeps the division finite, greater than 0, in the network's precision too; 1e-8 by default.</param>
    /// <param name="amsGrad">Whether to divide by the largest mean square there was instead of the latest; false by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public Adam(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, bool amsGrad = false) =>
        (LearningRate, Beta1, Beta2, Epsilon, AmsGrad) = (learningRate, beta1, beta2, epsilon, amsGrad);

    /// <inheritdoc/>
    public double LearningRate { get; init => field = Guard.Positive(value, "learningRate"); }

    /// <summary>The share of the mean gradient that stays from step to step.</summary>
    public double Beta1 { get; init => field = Guard.Share(value, "beta1"); }

    /// <summary>The share of the mean square that stays from step to step.</summary>
    public double Beta2 { get; init => field = Guard.Share(value, "beta2"); }

    /// <summary>What keeps the division finite.</summary>
    public double Epsilon { get; init => field = Guard.Positive(value, "epsilon"); }

    /// <summary>Whether to divide by the largest mean square there was instead of the latest (AMSGrad).</summary>
    public bool AmsGrad { get; init; }

    /// <inheritdoc/>
    IReadOnlyList<string> IOptimizerRule.SlotNames => AmsGrad ? NamesOfAmsGrad : Names;

    /// <inheritdoc/>
    public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T> => Update(keep: 1, value, gradient, slots, step);

    /// <summary>The update after all of the parameter but the share <paramref name="keep"/> was taken off: <see cref="AdamW"/>'s.</summary>
    internal void Update<T>(double keep, Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (T beta1, T rest1) = (T.CreateTruncating(Beta1), T.CreateTruncating(1 - Beta1));
        (T beta2, T rest2) = (T.CreateTruncating(Beta2), T.CreateTruncating(1 - Beta2));
        T rate = T.CreateTruncating(step.LearningRate / (1 - Elementary.Power(Beta1, step.Step)));
        T rootScale = T.CreateTruncating(1 / Math.Sqrt(1 - Elementary.Power(Beta2, step.Step)));
        (T kept, T epsilon) = (T.CreateTruncating(keep), Guard.Epsilon<T>(Epsilon));
        if (AmsGrad)
            ParameterUpdate.Run(new Rule<T, On>(kept, beta1, rest1, beta2, rest2, rate, rootScale, epsilon), value, gradient, slots[0], slots[1], slots[2]);
        else
            ParameterUpdate.Run(new Rule<T, Off>(kept, beta1, rest1, beta2, rest2, rate, rootScale, epsilon), value, gradient, slots[0], slots[1]);
    }

    private readonly struct Rule<T, TAmsGrad>(T keep, T beta1, T rest1, T beta2, T rest2, T rate, T rootScale, T epsilon) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TAmsGrad : struct, IOption
    {
        public static int SlotCount => TAmsGrad.IsOn ? 3 : 2;

        public static bool SquaresGradient => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V m, ref V v, ref V largest)
            where V : struct, ISimd<V, T>
        {
            m = DecayingSum.Next(beta1, m, rest1 * g);
            v = DecayingSum.Next(beta2, v, rest2 * g * g);
            if (TAmsGrad.IsOn)
                largest = V.Max(largest, v);
            value = (keep * value) - (rate * m / ((rootScale * V.Sqrt(TAmsGrad.IsOn ? largest : v)) + V.Broadcast(epsilon)));
        }
    }
}
