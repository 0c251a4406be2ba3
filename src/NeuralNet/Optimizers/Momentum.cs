using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Gradient descent with momentum: <c>v = momentum·v + (1 - dampening)·g</c>, <c>value = value - rate·v</c>.</summary>
/// <remarks>As PyTorch's SGD with momentum. The book keeps <c>v = momentum·v - rate·g</c>, <c>value = value + v</c>, which is the same as long as the rate does not change. Update 1 is not dampened, nor is any without momentum, as in PyTorch.</remarks>
public sealed record Momentum : IOptimizerRule
{
    private static readonly string[] Names = ["momentum_buffer"];

    /// <summary>Creates the rule.</summary>
    /// <param name="learningRate">The step size, greater than 0; 0.01 by default.</param>
    /// <param name="momentum">The share of the velocity that stays from step to step, in [0, 1); 0.9 by default.</param>
    /// <param name="dampening">The share of the gradient that is left out of the velocity, in [0, 1]; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public Momentum(double learningRate = 0.01, double momentum = 0.9, double dampening = 0) =>
        (LearningRate, Factor, Dampening) = (learningRate, momentum, dampening);

    /// <inheritdoc/>
    public double LearningRate { get; init => field = Guard.Positive(value, "learningRate"); }

    /// <summary>The momentum: the share of the velocity that stays from step to step.</summary>
    public double Factor { get; init => field = Guard.Share(value, "momentum"); }

    /// <summary>The share of the gradient that is left out of the velocity.</summary>
    public double Dampening { get; init => field = Guard.Fraction(value, "dampening"); }

    /// <inheritdoc/>
    IReadOnlyList<string> IOptimizerRule.SlotNames => Names;

    /// <inheritdoc/>
    public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T share = T.CreateTruncating(step.Step == 1 || Factor == 0 ? 1 : 1 - Dampening);
        ParameterUpdate.Run(new Rule<T>(T.CreateTruncating(step.LearningRate), T.CreateTruncating(Factor), share), value, gradient, slots[0]);
    }

    private readonly struct Rule<T>(T rate, T momentum, T share) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V v, ref V slot1, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            v = DecayingSum.Next(momentum, v, share * g);
            value -= rate * v;
        }
    }
}
