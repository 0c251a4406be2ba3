using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>A rate that falls by a factor after given numbers of updates: <c>rate = learningRate·factor^k</c> at update n, with k milestones below n.</summary>
/// <remarks>As PyTorch's MultiStepLR, counted in updates: milestone 100 changes the rate from update 101 on.</remarks>
public sealed record MultiStepDecay : ISchedule
{
    private readonly int[] milestones = [];

    /// <summary>Creates the schedule.</summary>
    /// <param name="milestones">After how many updates the rate changes, each at least 0; in any order, a number that comes twice changes it twice.</param>
    /// <param name="factor">What the rate is multiplied by, greater than 0; 0.1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public MultiStepDecay(IReadOnlyList<int> milestones, double factor = 0.1) => (Milestones, Factor) = (milestones, factor);

    /// <summary>After how many updates the rate changes, ascending.</summary>
    public IReadOnlyList<int> Milestones
    {
        get => milestones;
        init
        {
            ArgumentNullException.ThrowIfNull(value, "milestones");
            milestones = [.. value.Select(milestone => Guard.AtLeast(0, milestone, "milestones")).Order()];
        }
    }

    /// <summary>What the rate is multiplied by.</summary>
    public double Factor { get; init => field = Guard.Positive(value, "factor"); }

    /// <inheritdoc/>
    public double RateAt(double learningRate, long step)
    {
        int passed = 0;
        while (passed < milestones.Length && milestones[passed] < step)
            passed++;
        return learningRate * Elementary.Power(Factor, passed);
    }

    /// <summary>Whether the other has the same milestones and factor.</summary>
    /// <param name="other">The other.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(MultiStepDecay? other) => other is not null && Factor.Equals(other.Factor) && milestones.AsSpan().SequenceEqual(other.milestones);

    /// <inheritdoc/>
    public override int GetHashCode() => milestones.Aggregate(Factor.GetHashCode(), HashCode.Combine);

    /// <summary>The milestones and the factor.</summary>
    /// <returns>For example <c>MultiStepDecay { Milestones = [100, 200], Factor = 0.1 }</c>.</returns>
    public override string ToString() => $"MultiStepDecay {{ Milestones = [{string.Join(", ", milestones)}], Factor = {Guard.Number(Factor)} }}";
}
