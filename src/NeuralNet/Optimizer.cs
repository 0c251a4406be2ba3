using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>A network's parameters, the rule that updates them, and what the rule remembers.</summary>
/// <remarks>
/// <see cref="Network{T}.Step"/> calls it. By hand: compute gradients with <see cref="Network{T}.Gradients"/>, then call <see cref="Update"/>.
/// What is remembered is named after the parameters; parameters that are not <see cref="Parameter{T}.Trainable"/> are left alone.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Optimizer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly OptimizerSlot<T>[] slots;
    private readonly ISchedule? schedule;

    /// <summary>Creates an optimizer at step 0.</summary>
    /// <param name="network">The network whose parameters it updates.</param>
    /// <param name="rule">The rule, such as <c>new Adam(0.001)</c>.</param>
    /// <param name="schedule">How the learning rate changes; if left out it stays that of the rule.</param>
    public Optimizer(Network<T> network, IOptimizerRule rule, ISchedule? schedule = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(rule);
        (Network, Rule, this.schedule) = (network, rule, schedule);
        slots = [.. network.Parameters.SelectMany(parameter => rule.SlotNames.Select(name => new OptimizerSlot<T>(name, parameter)))];
    }

    /// <summary>The network whose parameters it updates.</summary>
    public Network<T> Network { get; }

    /// <summary>The rule.</summary>
    public IOptimizerRule Rule { get; }

    /// <summary>The number of updates done.</summary>
    public long StepNumber { get; internal set; }

    /// <summary>The learning rate of the next update.</summary>
    /// <exception cref="InvalidOperationException">The schedule gives a rate that is negative or not finite.</exception>
    public double LearningRate
    {
        get
        {
            double rate = schedule?.RateAt(Rule.LearningRate, StepNumber + 1) ?? Rule.LearningRate;
            return rate >= 0 && double.IsFinite(rate)
                ? rate
                : throw new InvalidOperationException($"The schedule {schedule} gives the learning rate {Guard.Number(rate)} for step {StepNumber + 1}; it must be at least 0 and finite.");
        }
    }

    /// <summary>What the rule remembers, parameter by parameter.</summary>
    public IReadOnlyList<OptimizerSlot<T>> Slots => slots;

    /// <summary>Updates every trainable parameter from its gradient, and ends the network's step: the next <see cref="Network{T}.Gradients"/> is that of a new step.</summary>
    /// <remarks>The order within a step is fixed: the rate of the step from the schedule, then the rule, parameter by parameter in the network's order.</remarks>
    public void Update()
    {
        using ThreadLimit.Scope limit = ThreadLimit.Enter(Network.MaxThreads);
        double rate = LearningRate;
        StepNumber++;
        int slotsEach = Rule.SlotNames.Count;
        for (int i = 0; i < Network.Parameters.Count; i++)
        {
            Parameter<T> parameter = Network.Parameters[i];
            if (parameter.Trainable)
                Rule.Update(parameter.Value.Values(), parameter.Gradient.Values(), new Slots<T>(slots.AsSpan(i * slotsEach, slotsEach)), rate, StepNumber);
        }

        Network.CompleteStep();
    }

    /// <summary>The rule and its hyperparameters.</summary>
    /// <returns>For example <c>Sgd { LearningRate = 0.1 }</c>.</returns>
    public override string ToString() => Rule.ToString() ?? Rule.GetType().Name;
}
