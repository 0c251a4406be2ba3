namespace NeuralNet;

/// <summary>A rate that does not change, or changes once: <c>rate = learningRate·factor</c> for the first updates and <c>learningRate</c> after them.</summary>
/// <remarks>As PyTorch's ConstantLR, counted in updates. Without arguments it is the rule's own rate throughout, as if there were no schedule.</remarks>
public sealed record ConstantSchedule : ISchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="factor">What the rate is multiplied by at first, greater than 0; 1 by default.</param>
    /// <param name="steps">For how many updates, at least 0; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public ConstantSchedule(double factor = 1, int steps = 0) => (Factor, Steps) = (factor, steps);

    /// <summary>What the rate is multiplied by at first.</summary>
    public double Factor { get; init => field = Guard.Positive(value, "factor"); }

    /// <summary>For how many updates.</summary>
    public int Steps { get; init => field = Guard.AtLeast(0, value, "steps"); }

    /// <inheritdoc/>
    public double RateAt(double learningRate, long step) => step <= Steps ? learningRate * Factor : learningRate;
}
