using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// LAMB: <c>u = m̂ / (√v̂ + epsilon) + weightDecay·value</c> with <c>m̂</c> and <c>v̂</c> as <see cref="Adam"/>'s, <c>value = value - rate·(‖value‖ / ‖u‖)·u</c>;
/// every parameter moves by the same share of its length, for very large batches.
/// </summary>
/// <remarks>
/// As the paper's Algorithm 2 with φ the identity; PyTorch has none. The norms are those of one parameter, a weight or a bias, and their ratio is 1 where one of them is 0.
/// It takes two passes over memory where other rules take one.
/// </remarks>
/// <seealso href="https://arxiv.org/abs/1904.00962">You, Li, Reddi, Hseu, Kumar, Bhojanapalli, Song, Demmel, Keutzer and Hsieh (2020), Large Batch Optimization for Deep Learning: Training BERT in 76 minutes.</seealso>
public sealed record Lamb : IOptimizerRule
{
    private static readonly string[] Names = ["exp_avg", "exp_avg_sq"];

    /// <summary>Creates the rule.</summary>
    /// <param name="learningRate">The step size, greater than 0; 0.001 by default.</param>
    /// <param name="beta1">The share of the mean gradient that stays from step to step, in [0, 1); 0.9 by default.</param>
    /// <param name="beta2">The share of the mean square that stays from step to step, in [0, 1); 0.999 by default.</param>
    /// <param name="epsilon">What keeps the division finite, greater than 0, in the network's precision too; 1e-6 by default.</param>
    /// <param name="weightDecay">How much of a parameter is added to its direction, at least 0; 0.01 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public Lamb(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-6, double weightDecay = 0.01) =>
        (LearningRate, Beta1, Beta2, Epsilon, WeightDecay) = (learningRate, beta1, beta2, epsilon, weightDecay);

    /// <inheritdoc/>
    public double LearningRate { get; init => field = Guard.Positive(value, "learningRate"); }

    /// <summary>The share of the mean gradient that stays from step to step.</summary>
    public double Beta1 { get; init => field = Guard.Share(value, "beta1"); }

    /// <summary>The share of the mean square that stays from step to step.</summary>
    public double Beta2 { get; init => field = Guard.Share(value, "beta2"); }

    /// <summary>What keeps the division finite.</summary>
    public double Epsilon { get; init => field = Guard.Positive(value, "epsilon"); }

    /// <summary>How much of a parameter is added to its direction; only of parameters that decay.</summary>
    public double WeightDecay { get; init => field = Guard.NotNegative(value, "weightDecay"); }

    /// <inheritdoc/>
    IReadOnlyList<string> IOptimizerRule.SlotNames => Names;

    /// <inheritdoc/>
    public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (T beta1, T rest1) = (T.CreateTruncating(Beta1), T.CreateTruncating(1 - Beta1));
        (T beta2, T rest2) = (T.CreateTruncating(Beta2), T.CreateTruncating(1 - Beta2));
        T meanScale = T.CreateTruncating(1 / (1 - Elementary.Power(Beta1, step.Step)));
        T rootScale = T.CreateTruncating(1 / Math.Sqrt(1 - Elementary.Power(Beta2, step.Step)));
        var rule = new Rule<T>(beta1, rest1, beta2, rest2, meanScale, rootScale, Guard.Epsilon<T>(Epsilon), T.CreateTruncating(step.DecayOf(WeightDecay)));
        LayerwiseUpdate.Run(rule, step.LearningRate, value, gradient, slots[0], slots[1]);
    }

    private readonly struct Rule<T>(T beta1, T rest1, T beta2, T rest2, T meanScale, T rootScale, T epsilon, T decay) : ILayerwiseOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Remember<V>(V g, ref V m, ref V v)
            where V : struct, ISimd<V, T>
        {
            m = DecayingSum.Next(beta1, m, rest1 * g);
            v = DecayingSum.Next(beta2, v, rest2 * g * g);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Direction<V>(V value, V m, V v)
            where V : struct, ISimd<V, T> => (meanScale * m / ((rootScale * V.Sqrt(v)) + V.Broadcast(epsilon))) + (decay * value);
    }
}
