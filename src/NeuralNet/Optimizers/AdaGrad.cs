namespace NeuralNet;

/// <summary>AdaGrad: <c>s = s + g²</c>, <c>value = value - rate·g / (√s + epsilon)</c>; steps shrink where gradients were large.</summary>
/// <remarks>As PyTorch's Adagrad, epsilon outside the root. The book's epsilon is 1e-7.</remarks>
/// <seealso href="https://jmlr.org/papers/v12/duchi11a.html">Duchi, Hazan and Singer (2011), Adaptive Subgradient Methods for Online Learning and Stochastic Optimization.</seealso>
public sealed record AdaGrad : IOptimizerRule
{
    private static readonly string[] Names = ["sum"];

    /// <summary>Creates the rule.</summary>
    /// <param name="learningRate">The step size, greater than 0; 0.01 by default.</param>
    /// <param name="epsilon">What keeps the division finite, greater than 0; 1e-10 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public AdaGrad(double learningRate = 0.01, double epsilon = 1e-10) => (LearningRate, Epsilon) = (learningRate, epsilon);

    /// <inheritdoc/>
    public double LearningRate { get; init => field = Guard.Positive(value, "learningRate"); }

    /// <summary>What keeps the division finite.</summary>
    public double Epsilon { get; init => field = Guard.Positive(value, "epsilon"); }

    /// <inheritdoc/>
    public IReadOnlyList<string> SlotNames => Names;

    /// <inheritdoc/>
    public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, double learningRate, long step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (T rate, T epsilon) = (T.CreateTruncating(learningRate), T.CreateTruncating(Epsilon));
        Span<T> s = slots[0];
        for (int i = 0; i < value.Length; i++)
        {
            T g = gradient[i];
            s[i] += g * g;
            value[i] -= rate * g / (T.Sqrt(s[i]) + epsilon);
        }
    }
}
