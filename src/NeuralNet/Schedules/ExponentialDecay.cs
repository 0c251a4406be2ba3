using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>A rate that falls by a factor with every update: <c>rate = learningRate·factor^(n - 1)</c> at update n.</summary>
/// <remarks>As PyTorch's ExponentialLR, counted in updates: a factor for an epoch is the root of as many updates as the epoch has.</remarks>
public sealed record ExponentialDecay : ISchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="factor">What the rate is multiplied by after every update, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public ExponentialDecay(double factor) => Factor = factor;

    /// <summary>What the rate is multiplied by after every update.</summary>
    public double Factor { get; init => field = Guard.InRange(value, value is > 0 and <= 1, "in (0, 1]", "factor"); }

    /// <inheritdoc/>
    public double RateAt(double learningRate, long step) => learningRate * Elementary.Power(Factor, step - 1);
}
