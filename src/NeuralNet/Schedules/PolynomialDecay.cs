using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>A rate that falls to 0 along a power: <c>rate = learningRate·(1 - (n - 1) / steps)^power</c> at update n, and 0 from update steps + 1 on.</summary>
/// <remarks>As PyTorch's PolynomialLR, counted in updates.</remarks>
public sealed record PolynomialDecay : ISchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="steps">After how many updates the rate is 0, at least 1.</param>
    /// <param name="power">The power, greater than 0; 1, a straight line, by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public PolynomialDecay(int steps, double power = 1) => (Steps, Power) = (steps, power);

    /// <summary>After how many updates the rate is 0.</summary>
    public int Steps { get; init => field = Guard.AtLeast(1, value, "steps"); }

    /// <summary>The power.</summary>
    public double Power { get; init => field = Guard.Positive(value, "power"); }

    /// <inheritdoc/>
    public double RateAt(double learningRate, long step) => learningRate * Elementary.Power(1 - ((double)Math.Min(Steps, step - 1) / Steps), Power);
}
