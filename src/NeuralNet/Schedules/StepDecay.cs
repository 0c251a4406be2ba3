using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>A rate that falls by a factor every so many updates: <c>rate = learningRate·factor^⌊(n - 1) / every⌋</c> at update n.</summary>
/// <remarks>As PyTorch's StepLR, counted in updates.</remarks>
public sealed record StepDecay : ISchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="every">The number of updates between two changes, at least 1.</param>
    /// <param name="factor">What the rate is multiplied by, greater than 0; 0.1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public StepDecay(int every, double factor = 0.1) => (Every, Factor) = (every, factor);

    /// <summary>The number of updates between two changes.</summary>
    public int Every { get; init => field = Guard.AtLeast(1, value, "every"); }

    /// <summary>What the rate is multiplied by.</summary>
    public double Factor { get; init => field = Guard.Positive(value, "factor"); }

    /// <inheritdoc/>
    public double RateAt(double learningRate, long step) => learningRate * Elementary.Power(Factor, (step - 1) / Every);
}
