using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Stochastic gradient descent, <c>value = value - rate·g</c>.</summary>
public sealed record Sgd : IOptimizerRule
{
    /// <summary>Creates the rule.</summary>
    /// <param name="learningRate">The step size, greater than 0; 0.01 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    public Sgd(double learningRate = 0.01) => LearningRate = learningRate;

    /// <inheritdoc/>
    public double LearningRate { get; init => field = Guard.Positive(value, "learningRate"); }

    /// <inheritdoc/>
    IReadOnlyList<string> IOptimizerRule.SlotNames => [];

    /// <inheritdoc/>
    public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        ParameterUpdate.Run(new Rule<T>(T.CreateTruncating(step.LearningRate)), value, gradient);

    private readonly struct Rule<T>(T rate) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int SlotCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V slot0, ref V slot1, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            value -= rate * g;
        }
    }
}
