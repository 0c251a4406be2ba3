using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>RMSprop: <c>v = decay·v + (1 - decay)·g²</c>, <c>value = value - rate·g / (√v + epsilon)</c>.</summary>
/// <remarks>
/// As PyTorch's RMSprop, epsilon outside the root; its <c>alpha</c> is <c>decay</c> here. The book's epsilon is 1e-7.
/// Centered, the root is taken of the variance <c>v - a²</c> with <c>a = decay·a + (1 - decay)·g</c>.
/// With momentum, <c>b = momentum·b + g / (√v + epsilon)</c>, <c>value = value - rate·b</c>.
/// </remarks>
/// <seealso href="https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf">Tieleman and Hinton (2012), Neural Networks for Machine Learning, lecture 6e.</seealso>
/// <seealso href="https://arxiv.org/abs/1308.0850">Graves (2013), Generating Sequences With Recurrent Neural Networks (centered).</seealso>
public sealed record RmsProp : IOptimizerRule
{
    private static readonly string[] Plain = ["square_avg"], Moving = [.. Plain, "momentum_buffer"], Centred = [.. Plain, "grad_avg"], MovingCentred = [.. Moving, "grad_avg"];

    /// <summary>Creates the rule.</summary>
    /// <param name="learningRate">The step size, greater than 0; 0.01 by default.</param>
    /// <param name="decay">The share of the mean square that stays from step to step, in [0, 1); 0.99 by default.</param>
    /// <param name="epsilon">What keeps the division finite, greater than 0; 1e-8 by default.</param>
    /// <param name="momentum">The share of the velocity that stays from step to step, in [0, 1); 0, without a velocity, by default.</param>
    /// <param name="isCentered">Whether to divide by the root of the variance instead of the mean square; false by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public RmsProp(double learningRate = 0.01, double decay = 0.99, double epsilon = 1e-8, double momentum = 0, bool isCentered = false) =>
        (LearningRate, Decay, Epsilon, Momentum, IsCentered) = (learningRate, decay, epsilon, momentum, isCentered);

    /// <inheritdoc/>
    public double LearningRate { get; init => field = Guard.Positive(value, "learningRate"); }

    /// <summary>The share of the mean square that stays from step to step.</summary>
    public double Decay { get; init => field = Guard.Share(value, "decay"); }

    /// <summary>What keeps the division finite.</summary>
    public double Epsilon { get; init => field = Guard.Positive(value, "epsilon"); }

    /// <summary>The share of the velocity that stays from step to step.</summary>
    public double Momentum { get; init => field = Guard.Share(value, "momentum"); }

    /// <summary>Whether to divide by the root of the variance instead of the mean square.</summary>
    public bool IsCentered { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<string> SlotNames => Momentum > 0 ? IsCentered ? MovingCentred : Moving : IsCentered ? Centred : Plain;

    /// <inheritdoc/>
    public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Momentum > 0 && IsCentered)
            ParameterUpdate.Run(Create<T, On, On>(step), value, gradient, slots[0], slots[1], slots[2]);
        else if (Momentum > 0)
            ParameterUpdate.Run(Create<T, On, Off>(step), value, gradient, slots[0], slots[1]);
        else if (IsCentered)
            ParameterUpdate.Run(Create<T, Off, On>(step), value, gradient, slots[0], slots[1]);
        else
            ParameterUpdate.Run(Create<T, Off, Off>(step), value, gradient, slots[0]);
    }

    private Rule<T, TMomentum, TCentered> Create<T, TMomentum, TCentered>(UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TMomentum : struct, IOption
        where TCentered : struct, IOption =>
        new(T.CreateTruncating(step.LearningRate), T.CreateTruncating(Decay), T.CreateTruncating(1 - Decay), T.CreateTruncating(Epsilon), T.CreateTruncating(Momentum));

    private readonly struct Rule<T, TMomentum, TCentered>(T rate, T decay, T rest, T epsilon, T momentum) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TMomentum : struct, IOption
        where TCentered : struct, IOption
    {
        public static int SlotCount => 1 + (TMomentum.IsOn ? 1 : 0) + (TCentered.IsOn ? 1 : 0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V v, ref V slot1, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            v = (decay * v) + (rest * g * g);
            V variance = v;
            if (TCentered.IsOn)
            {
                ref V mean = ref TMomentum.IsOn ? ref slot2 : ref slot1;
                mean = (decay * mean) + (rest * g);
                variance = v - (mean * mean);
            }

            V root = V.Sqrt(variance) + V.Broadcast(epsilon);
            if (TMomentum.IsOn)
            {
                slot1 = (momentum * slot1) + (g / root);
                value -= rate * slot1;
            }
            else
            {
                value -= rate * g / root;
            }
        }
    }
}
