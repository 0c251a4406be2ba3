namespace NeuralNet;

/// <summary>What a rule is told of the update that it does its part of.</summary>
/// <param name="LearningRate">The step size of this update, at least 0.</param>
/// <param name="Step">The number of this update of the parameter, from 1: updates that it was left out of, because it was not trainable then, do not count.</param>
/// <param name="Decays">Whether weight decay applies to the parameter: see <see cref="Parameter{T}.Decays"/>.</param>
public readonly record struct UpdateStep(double LearningRate, long Step, bool Decays)
{
    /// <summary>A rule's weight decay for this parameter.</summary>
    /// <param name="weightDecay">The rule's.</param>
    /// <returns>The same, or 0 for a parameter that does not decay.</returns>
    public double DecayOf(double weightDecay) => Decays ? weightDecay : 0;
}
