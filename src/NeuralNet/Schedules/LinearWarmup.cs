namespace NeuralNet;

/// <summary>
/// A rate that rises in a straight line, <c>rate = first·(startFactor + (1 - startFactor)·(n - 1) / steps)</c> at update n, to the first rate of another schedule, which
/// then begins: its update 1 is update steps + 1.
/// </summary>
/// <remarks>As PyTorch's LinearLR with end_factor=1, counted in updates, and SequentialLR after it.</remarks>
public sealed record LinearWarmup : ISchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="steps">The number of updates with a lower rate, at least 1.</param>
    /// <param name="startFactor">The share of the rate at update 1, in [0, 1]; a third by default.</param>
    /// <param name="then">The schedule afterwards; if left out the rate stays the rule's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public LinearWarmup(int steps, double startFactor = 1.0 / 3, ISchedule? then = null) => (Steps, StartFactor, Then) = (steps, startFactor, then);

    /// <summary>The number of updates with a lower rate.</summary>
    public int Steps { get; init => field = Guard.AtLeast(1, value, "steps"); }

    /// <summary>The share of the rate at update 1.</summary>
    public double StartFactor { get; init => field = Guard.Fraction(value, "startFactor"); }

    /// <summary>The schedule afterwards.</summary>
    public ISchedule? Then { get; init; }

    /// <inheritdoc/>
    IReadOnlyList<double> ISchedule.State => Then?.State ?? [];

    /// <inheritdoc/>
    public double RateAt(double learningRate, long step)
    {
        double rate = Then?.RateAt(learningRate, Math.Max(1, step - Steps)) ?? learningRate;
        return step > Steps ? rate : rate * Annealing.Line(StartFactor, 1, (double)(step - 1) / Steps);
    }

    /// <inheritdoc/>
    public ISchedule Observe(double metric) => this with { Then = Then?.Observe(metric) };

    /// <inheritdoc/>
    public ISchedule WithState(IReadOnlyList<double> state)
    {
        Guard.ScheduleState(this, Then?.State.Count ?? 0, state);
        return this with { Then = Then?.WithState(state) };
    }
}
