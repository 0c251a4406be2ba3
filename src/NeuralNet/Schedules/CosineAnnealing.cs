namespace NeuralNet;

/// <summary>A rate that falls along half a wave of the cosine: <c>rate = minimum + (learningRate - minimum)·(1 + cos(π·(n - 1) / steps)) / 2</c> at update n.</summary>
/// <remarks>As PyTorch's CosineAnnealingLR, counted in updates. Beyond update steps + 1 the wave goes on: the rate rises again for as many updates.</remarks>
/// <seealso href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter (2017), SGDR: Stochastic Gradient Descent with Warm Restarts.</seealso>
public sealed record CosineAnnealing : ISchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="steps">After how many updates the rate is lowest, at least 1.</param>
    /// <param name="minimumRate">The lowest rate, at least 0; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public CosineAnnealing(int steps, double minimumRate = 0) => (Steps, MinimumRate) = (steps, minimumRate);

    /// <summary>After how many updates the rate is lowest.</summary>
    public int Steps { get; init => field = Guard.AtLeast(1, value, "steps"); }

    /// <summary>The lowest rate.</summary>
    public double MinimumRate { get; init => field = Guard.NotNegative(value, "minimumRate"); }

    /// <inheritdoc/>
    public double RateAt(double learningRate, long step) => Annealing.Cosine(learningRate, MinimumRate, (double)((step - 1) % (2L * Steps)) / Steps);
}
