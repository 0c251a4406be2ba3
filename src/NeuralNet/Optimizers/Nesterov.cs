using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Gradient descent with Nesterov momentum: <c>v = momentum·v + g</c>, <c>value = value - rate·(g + momentum·v)</c>.</summary>
/// <remarks>As PyTorch's SGD with nesterov=True.</remarks>
/// <seealso href="https://proceedings.mlr.press/v28/sutskever13.html">Sutskever, Martens, Dahl and Hinton (2013), On the importance of initialization and momentum in deep learning.</seealso>
public sealed record Nesterov : IOptimizerRule
{
    private static readonly string[] Names = ["momentum_buffer"];

    /// <summary>Creates the rule.</summary>
    /// <param name="learningRate">The step size, greater than 0; 0.01 by default.</param>
    /// <param name="momentum">The share of the velocity that stays from step to step, in [0, 1); 0.9 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public Nesterov(double learningRate = 0.01, double momentum = 0.9) => (LearningRate, Factor) = (learningRate, momentum);

    /// <inheritdoc/>
    public double LearningRate { get; init => field = Guard.Positive(value, "learningRate"); }

    /// <summary>The momentum: the share of the velocity that stays from step to step.</summary>
    public double Factor { get; init => field = Guard.Share(value, "momentum"); }

    /// <inheritdoc/>
    IReadOnlyList<string> IOptimizerRule.SlotNames => Names;

    /// <inheritdoc/>
    public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        ParameterUpdate.Run(new Rule<T>(T.CreateTruncating(step.LearningRate), T.CreateTruncating(Factor)), value, gradient, slots[0]);

    private readonly struct Rule<T>(T rate, T momentum) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V v, ref V slot1, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            v = DecayingSum.Next(momentum, v, g);
            value -= rate * (g + (momentum * v));
        }
    }
}
