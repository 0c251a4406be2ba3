using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>AdaGrad: <c>s = s + g²</c>, <c>value = value - rate·g / (√s + epsilon)</c>; steps shrink where gradients were large.</summary>
/// <remarks>As PyTorch's Adagrad, epsilon outside the root. The book's epsilon is 1e-7.</remarks>
/// <seealso href="https://jmlr.org/papers/v12/duchi11a.html">Duchi, Hazan and Singer (2011), Adaptive Subgradient Methods for Online Learning and Stochastic Optimization.</seealso>
public sealed record AdaGrad : IOptimizerRule
{
    private static readonly string[] Names = ["sum"];

    /// <summary>Creates the rule.</summary>
    /// <param name="learningRate">The step size, greater than 0; 0.01 by default.</param>
    /// <param name="epsilon">What keeps the division finite, greater than 0, in the network's precision too; 1e-10 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public AdaGrad(double learningRate = 0.01, double epsilon = 1e-10) => (LearningRate, Epsilon) = (learningRate, epsilon);

    /// <inheritdoc/>
    public double LearningRate { get; init => field = Guard.Positive(value, "learningRate"); }

    /// <summary>What keeps the division finite.</summary>
    public double Epsilon { get; init => field = Guard.Positive(value, "epsilon"); }

    /// <inheritdoc/>
    IReadOnlyList<string> IOptimizerRule.SlotNames => Names;

    /// <inheritdoc/>
    public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        ParameterUpdate.Run(new Rule<T>(T.CreateTruncating(step.LearningRate), Guard.Epsilon<T>(Epsilon)), value, gradient, slots[0]);

    private readonly struct Rule<T>(T rate, T epsilon) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int SlotCount => 1;

        public static bool SquaresGradient => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V s, ref V slot1, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            s += g * g;
            value -= rate * g / (V.Sqrt(s) + V.Broadcast(epsilon));
        }
    }
}
