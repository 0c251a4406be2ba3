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
    public IReadOnlyList<string> SlotNames => [];

    /// <inheritdoc/>
    public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, double learningRate, long step)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        ParameterUpdate.Run(new Rule<T>(T.CreateTruncating(learningRate)), value, gradient);

    private readonly struct Rule<T>(T rate) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V slot0, ref V slot1)
            where V : struct, ISimd<V, T>
        {
            value -= rate * g;
        }
    }
}
