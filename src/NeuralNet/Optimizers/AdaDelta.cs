using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// AdaDelta: <c>v = decay·v + (1 - decay)·g²</c>, <c>d = √(u + epsilon) / √(v + epsilon)·g</c>, <c>u = decay·u + (1 - decay)·d²</c>, <c>value = value - rate·d</c>.
/// </summary>
/// <remarks>As PyTorch's Adadelta; its <c>rho</c> is <c>decay</c> here. The paper has no rate, which is a rate of 1.</remarks>
/// <seealso href="https://arxiv.org/abs/1212.5701">Zeiler (2012), ADADELTA: An Adaptive Learning Rate Method.</seealso>
public sealed record AdaDelta : IOptimizerRule
{
    private static readonly string[] Names = ["square_avg", "acc_delta"];

    /// <summary>Creates the rule.</summary>
    /// <param name="learningRate">The step size, greater than 0; 1 by default.</param>
    /// <param name="decay">The share of the mean squares that stays from step to step, in [0, 1); 0.9 by default.</param>
    /// <param name="epsilon">What keeps the division finite and the first steps from being 0, greater than 0, in the network's precision too; 1e-6 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public AdaDelta(double learningRate = 1, double decay = 0.9, double epsilon = 1e-6) => (LearningRate, Decay, Epsilon) = (learningRate, decay, epsilon);

    /// <inheritdoc/>
    public double LearningRate { get; init => field = Guard.Positive(value, "learningRate"); }

    /// <summary>The share of the mean squares that stays from step to step.</summary>
    public double Decay { get; init => field = Guard.Share(value, "decay"); }

    /// <summary>What keeps the division finite and the first steps from being 0.</summary>
    public double Epsilon { get; init => field = Guard.Positive(value, "epsilon"); }

    /// <inheritdoc/>
    IReadOnlyList<string> IOptimizerRule.SlotNames => Names;

    /// <inheritdoc/>
    public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var rule = new Rule<T>(T.CreateTruncating(step.LearningRate), T.CreateTruncating(Decay), T.CreateTruncating(1 - Decay), Guard.Epsilon<T>(Epsilon));
        ParameterUpdate.Run(rule, value, gradient, slots[0], slots[1]);
    }

    private readonly struct Rule<T>(T rate, T decay, T rest, T epsilon) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int SlotCount => 2;

        public static bool SquaresGradient => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V v, ref V u, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            v = DecayingSum.Next(decay, v, rest * g * g);
            V d = V.Sqrt(u + V.Broadcast(epsilon)) / V.Sqrt(v + V.Broadcast(epsilon)) * g;
            d = Piecewise.Squarable<V, T>(d);
            u = DecayingSum.Next(decay, u, rest * d * d);
            value -= rate * d;
        }
    }
}
