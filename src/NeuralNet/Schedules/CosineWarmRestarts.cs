namespace NeuralNet;

/// <summary>A rate that falls along half a wave of the cosine and starts again, in cycles that may grow: <c>rate = minimum + (learningRate - minimum)·(1 + cos(π·t / length)) / 2</c> at update t + 1 of a cycle.</summary>
/// <remarks>As PyTorch's CosineAnnealingWarmRestarts, counted in updates.</remarks>
/// <seealso href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter (2017), SGDR: Stochastic Gradient Descent with Warm Restarts.</seealso>
public sealed record CosineWarmRestarts : ISchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="firstCycle">The number of updates of the first cycle, at least 1.</param>
    /// <param name="growth">How many times as long as the one before each cycle is, at least 1; 1 by default.</param>
    /// <param name="minimumRate">The lowest rate, at least 0; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public CosineWarmRestarts(int firstCycle, int growth = 1, double minimumRate = 0) => (FirstCycle, Growth, MinimumRate) = (firstCycle, growth, minimumRate);

    /// <summary>The number of updates of the first cycle.</summary>
    public int FirstCycle { get; init => field = Guard.AtLeast(1, value, "firstCycle"); }

    /// <summary>How many times as long as the one before each cycle is.</summary>
    public int Growth { get; init => field = Guard.AtLeast(1, value, "growth"); }

    /// <summary>The lowest rate.</summary>
    public double MinimumRate { get; init => field = Guard.NotNegative(value, "minimumRate"); }

    /// <inheritdoc/>
    public double RateAt(double learningRate, long step)
    {
        long done = step - 1, length = FirstCycle;
        if (Growth == 1)
            done %= length;
        for (; done >= length; length *= Growth)
            done -= length;
        return Annealing.Cosine(learningRate, MinimumRate, (double)done / length);
    }
}
