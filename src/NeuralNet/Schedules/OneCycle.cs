namespace NeuralNet;

/// <summary>
/// One cycle: from <c>learningRate / startDivisor</c> up to the rule's learning rate, and down to <c>learningRate / (startDivisor·endDivisor)</c> at the last update,
/// along half waves of the cosine or straight lines.
/// </summary>
/// <remarks>
/// As PyTorch's OneCycleLR with two phases, whose max_lr is the rule's learning rate here; the momentum does not change. After the last update the rate stays the lowest.
/// </remarks>
/// <seealso href="https://arxiv.org/abs/1708.07120">Smith and Topin (2018), Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates.</seealso>
public sealed record OneCycle : ISchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="steps">The number of updates of the cycle, at least 2.</param>
    /// <param name="risingShare">The share of the updates in which the rate rises, in (0, 1); 0.3 by default.</param>
    /// <param name="isLinear">Whether the rate follows straight lines instead of the cosine; false by default.</param>
    /// <param name="startDivisor">How many times as large as the first rate the highest is, at least 1; 25 by default.</param>
    /// <param name="endDivisor">How many times as large as the last rate the first is, at least 1; 10,000 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public OneCycle(int steps, double risingShare = 0.3, bool isLinear = false, double startDivisor = 25, double endDivisor = 1e4) =>
        (Steps, RisingShare, IsLinear, StartDivisor, EndDivisor) = (steps, risingShare, isLinear, startDivisor, endDivisor);

    /// <summary>The number of updates of the cycle.</summary>
    public int Steps { get; init => field = Guard.AtLeast(2, value, "steps"); }

    /// <summary>The share of the updates in which the rate rises.</summary>
    public double RisingShare { get; init => field = Guard.InRange(value, value is > 0 and < 1, "in (0, 1)", "risingShare"); }

    /// <summary>Whether the rate follows straight lines instead of the cosine.</summary>
    public bool IsLinear { get; init; }

    /// <summary>How many times as large as the first rate the highest is.</summary>
    public double StartDivisor { get; init => field = Guard.InRange(value, value >= 1 && double.IsFinite(value), "at least 1 and finite", "startDivisor"); }

    /// <summary>How many times as large as the last rate the first is.</summary>
    public double EndDivisor { get; init => field = Guard.InRange(value, value >= 1 && double.IsFinite(value), "at least 1 and finite", "endDivisor"); }

    /// <inheritdoc/>
    public double RateAt(double learningRate, long step)
    {
        // The top lies between two updates, or before the first, where the share of all updates is no whole number.
        double first = learningRate / StartDivisor, last = first / EndDivisor, top = (RisingShare * Steps) - 1, end = Steps - 1, done = Math.Min(step - 1, end);
        return done > top ? Between(learningRate, last, (done - top) / (end - top)) : top > 0 ? Between(first, learningRate, done / top) : learningRate;
    }

    private double Between(double start, double end, double share) => IsLinear ? Annealing.Line(start, end, share) : Annealing.Cosine(start, end, share);
}
