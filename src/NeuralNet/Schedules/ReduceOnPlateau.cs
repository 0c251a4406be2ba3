namespace NeuralNet;

/// <summary>A rate that falls by a factor when a metric has stopped improving: <c>rate = max(rate·factor, minimum)</c> after more than <c>patience</c> metrics in a row that are no better than the best.</summary>
/// <remarks>
/// As PyTorch's ReduceLROnPlateau. The metrics come from <see cref="Optimizer{T}.Observe"/>, usually once per epoch; patience and cooldown count them.
/// Better than the best means less than <c>best·(1 - threshold)</c>, or than <c>best - threshold</c> where the threshold is absolute; greater than <c>best·(1 + threshold)</c>
/// or <c>best + threshold</c> where higher is better. NaN is not better.
/// </remarks>
public sealed record ReduceOnPlateau : ISchedule
{
    /// <summary>Creates the schedule, before the first metric.</summary>
    /// <param name="factor">What the rate is multiplied by, in (0, 1); 0.1 by default.</param>
    /// <param name="patience">How many metrics without improvement are borne, at least 0; 10 by default.</param>
    /// <param name="threshold">By how much a metric must be better, at least 0; 1e-4 by default.</param>
    /// <param name="cooldown">For how many metrics after a reduction none counts as bad, at least 0; 0 by default.</param>
    /// <param name="minimumRate">The lowest rate, at least 0; 0 by default.</param>
    /// <param name="epsilon">A reduction by no more than this is not made, at least 0; 1e-8 by default.</param>
    /// <param name="higherIsBetter">Whether the metric is one to be high, such as an accuracy; false by default.</param>
    /// <param name="thresholdIsAbsolute">Whether the threshold is a difference instead of a share of the best metric; false by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public ReduceOnPlateau(
        double factor = 0.1,
        int patience = 10,
        double threshold = 1e-4,
        int cooldown = 0,
        double minimumRate = 0,
        double epsilon = 1e-8,
        bool higherIsBetter = false,
        bool thresholdIsAbsolute = false)
    {
        (Factor, Patience, Threshold, Cooldown) = (factor, patience, threshold, cooldown);
        (MinimumRate, Epsilon, HigherIsBetter, ThresholdIsAbsolute) = (minimumRate, epsilon, higherIsBetter, thresholdIsAbsolute);
        Best = higherIsBetter ? double.NegativeInfinity : double.PositiveInfinity;
    }

    /// <summary>What the rate is multiplied by.</summary>
    public double Factor { get; init => field = Guard.InRange(value, value is > 0 and < 1, "in (0, 1)", "factor"); }

    /// <summary>How many metrics without improvement are borne.</summary>
    public int Patience { get; init => field = Guard.AtLeast(0, value, "patience"); }

    /// <summary>By how much a metric must be better.</summary>
    public double Threshold { get; init => field = Guard.NotNegative(value, "threshold"); }

    /// <summary>For how many metrics after a reduction none counts as bad.</summary>
    public int Cooldown { get; init => field = Guard.AtLeast(0, value, "cooldown"); }

    /// <summary>The lowest rate.</summary>
    public double MinimumRate { get; init => field = Guard.NotNegative(value, "minimumRate"); }

    /// <summary>A reduction by no more than this is not made.</summary>
    public double Epsilon { get; init => field = Guard.NotNegative(value, "epsilon"); }

    /// <summary>Whether the metric is one to be high.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>Whether the threshold is a difference instead of a share of the best metric.</summary>
    public bool ThresholdIsAbsolute { get; init; }

    /// <summary>The best metric so far; infinite, and the worst, before the first.</summary>
    public double Best { get; private init; }

    /// <summary>How many metrics in a row were no better.</summary>
    public int BadMetrics { get; private init; }

    /// <summary>For how many metrics to come none counts as bad.</summary>
    public int CooldownLeft { get; private init; }

    /// <summary>How often patience ran out.</summary>
    public int Reductions { get; private init; }

    /// <inheritdoc/>
    IReadOnlyList<double> ISchedule.State => [Best, BadMetrics, CooldownLeft, Reductions];

    /// <inheritdoc/>
    public double RateAt(double learningRate, long step)
    {
        double rate = learningRate;
        for (int i = 0; i < Reductions; i++)
        {
            double reduced = Math.Max(rate * Factor, MinimumRate);
            if (!(rate - reduced > Epsilon))
                break;
            rate = reduced;
        }

        return rate;
    }

    /// <inheritdoc/>
    public ISchedule Observe(double metric)
    {
        bool isBetter = IsBetter(metric), isCoolingDown = CooldownLeft > 0;
        double best = isBetter ? metric : Best;
        int bad = isBetter || isCoolingDown ? 0 : BadMetrics + 1;
        return bad > Patience
            ? this with { Best = best, BadMetrics = 0, CooldownLeft = Cooldown, Reductions = Reductions + 1 }
            : this with { Best = best, BadMetrics = bad, CooldownLeft = isCoolingDown ? CooldownLeft - 1 : 0 };
    }

    /// <inheritdoc/>
    public ISchedule WithState(IReadOnlyList<double> state)
    {
        Guard.ScheduleState(this, 4, state);
        if (double.IsNaN(state[0]) || state.Skip(1).Any(count => count is not (>= 0 and <= int.MaxValue) || !double.IsInteger(count)))
            throw new ArgumentException($"{nameof(ReduceOnPlateau)} expects a state of the best metric and three counts, got [{string.Join(", ", state.Select(Guard.Number))}].", nameof(state));
        return this with { Best = state[0], BadMetrics = (int)state[1], CooldownLeft = (int)state[2], Reductions = (int)state[3] };
    }

    private bool IsBetter(double metric) => HigherIsBetter
        ? metric > (ThresholdIsAbsolute ? Best + Threshold : Best * (1 + Threshold))
        : metric < (ThresholdIsAbsolute ? Best - Threshold : Best * (1 - Threshold));
}
