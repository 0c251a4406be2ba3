using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>RMSprop: <c>v = decay·v + (1 - decay)·g²</c>, <c>value = value - rate·g / (√v + epsilon)</c>.</summary>
/// <remarks>As PyTorch's RMSprop, epsilon outside the root; its <c>alpha</c> is <c>decay</c> here. The book's epsilon is 1e-7.</remarks>
/// <seealso href="https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf">Tieleman and Hinton (2012), Neural Networks for Machine Learning, lecture 6e.</seealso>
public sealed record RmsProp : IOptimizerRule
{
    private static readonly string[] Names = ["square_avg"];

    /// <summary>Creates the rule.</summary>
    /// <param name="learningRate">The step size, greater than 0; 0.01 by default.</param>
    /// <param name="decay">The share of the mean square that stays from step to step, in [0, 1); 0.99 by default.</param>
    /// <param name="epsilon">What keeps the division finite, greater than 0; 1e-8 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public RmsProp(double learningRate = 0.01, double decay = 0.99, double epsilon = 1e-8) => (LearningRate, Decay, Epsilon) = (learningRate, decay, epsilon);

    /// <inheritdoc/>
    public double LearningRate { get; init => field = Guard.Positive(value, "learningRate"); }

    /// <summary>The share of the mean square that stays from step to step.</summary>
    public double Decay { get; init => field = Guard.Share(value, "decay"); }

    /// <summary>What keeps the division finite.</summary>
    public double Epsilon { get; init => field = Guard.Positive(value, "epsilon"); }

    /// <inheritdoc/>
    public IReadOnlyList<string> SlotNames => Names;

    /// <inheritdoc/>
    public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, double learningRate, long step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var rule = new Rule<T>(T.CreateTruncating(learningRate), T.CreateTruncating(Decay), T.CreateTruncating(1 - Decay), T.CreateTruncating(Epsilon));
        ParameterUpdate.Run(rule, value, gradient, slots[0]);
    }

    private readonly struct Rule<T>(T rate, T decay, T rest, T epsilon) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V v, ref V slot1)
            where V : struct, ISimd<V, T>
        {
            v = (decay * v) + (rest * g * g);
            value -= rate * g / (V.Sqrt(v) + V.Broadcast(epsilon));
        }
    }
}
