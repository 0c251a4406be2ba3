using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>RMSprop: <c>v = decay·v + (1 - decay)·g²</c>, <c>value = value - rate·g / (√v + epsilon)</c>.</summary>
/// <remarks>
/// As PyTorch's RMSprop, epsilon outside the root; its <c>alpha</c> is <c>decay</c> here. The book's epsilon is 1e-7.
/// Centered, the root is taken of the variance <c>v - a²</c> with <c>a = decay·a + (1 - decay)·g</c>; what rounding makes of it below 0 counts as 0.
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
    /// <param name="epsilon">What keeps the division finite, greater than 0, in the network's precision too; 1e-8 by default.</param>
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
    IReadOnlyList<string> IOptimizerRule.SlotNames => Momentum > 0 ? IsCentered ? MovingCentred : Moving : IsCentered ? Centred : Plain;

    /// <inheritdoc/>
    public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (T rate, T epsilon, T momentum) = (T.CreateTruncating(step.LearningRate), Guard.Epsilon<T>(Epsilon), T.CreateTruncating(Momentum));
        (T decay, T rest) = (T.CreateTruncating(Decay), T.CreateTruncating(1 - Decay));
        if (Momentum > 0 && IsCentered)
            ParameterUpdate.Run(new MovingCenteredRule<T>(rate, decay, rest, epsilon, momentum), value, gradient, slots[0], slots[1], slots[2]);
        else if (Momentum > 0)
            ParameterUpdate.Run(new MovingRule<T>(rate, decay, rest, epsilon, momentum), value, gradient, slots[0], slots[1]);
        else if (IsCentered)
            ParameterUpdate.Run(new CenteredRule<T>(rate, decay, rest, epsilon), value, gradient, slots[0], slots[1]);
        else
            ParameterUpdate.Run(new Rule<T>(rate, decay, rest, epsilon), value, gradient, slots[0]);
    }

    private readonly struct Rule<T>(T rate, T decay, T rest, T epsilon) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int SlotCount => 1;

        public static bool SquaresGradient => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V v, ref V slot1, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            v = DecayingSum.Next(decay, v, rest * g * g);
            value -= rate * g / (V.Sqrt(v) + V.Broadcast(epsilon));
        }
    }

    // The root of the variance, which is not negative but by rounding: where the gradient stays the same.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Deviation<V, T>(V meanSquare, V mean)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        mean = Piecewise.Squarable<V, T>(mean);
        return V.Sqrt(V.Rectify(meanSquare - (mean * mean)));
    }

    private readonly struct CenteredRule<T>(T rate, T decay, T rest, T epsilon) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int SlotCount => 2;

        public static bool SquaresGradient => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V v, ref V a, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            v = DecayingSum.Next(decay, v, rest * g * g);
            a = DecayingSum.Next(decay, a, rest * g);
            value -= rate * g / (Deviation<V, T>(v, a) + V.Broadcast(epsilon));
        }
    }

    private readonly struct MovingRule<T>(T rate, T decay, T rest, T epsilon, T momentum) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int SlotCount => 2;

        public static bool SquaresGradient => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V v, ref V b, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            v = DecayingSum.Next(decay, v, rest * g * g);
            b = DecayingSum.Next(momentum, b, g / (V.Sqrt(v) + V.Broadcast(epsilon)));
            value -= rate * b;
        }
    }

    private readonly struct MovingCenteredRule<T>(T rate, T decay, T rest, T epsilon, T momentum) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int SlotCount => 3;

        public static bool SquaresGradient => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V v, ref V b, ref V a)
            where V : struct, ISimd<V, T>
        {
            v = DecayingSum.Next(decay, v, rest * g * g);
            a = DecayingSum.Next(decay, a, rest * g);
            b = DecayingSum.Next(momentum, b, g / (Deviation<V, T>(v, a) + V.Broadcast(epsilon)));
            value -= rate * b;
        }
    }
}
