using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>A network's parameters, the rule that updates them, and all that is remembered between updates.</summary>
/// <remarks>
/// <see cref="Network{T}.Step"/> calls it. By hand: compute gradients with <see cref="Network{T}.Gradients"/>, then call <see cref="Update"/>.
/// What is remembered is named after the parameters. Parameters that are not <see cref="Parameter{T}.Trainable"/> are left alone, and their gradients count nowhere.
/// <see cref="StepNumber"/>, <see cref="SkippedUpdates"/>, <see cref="Slots"/>, <see cref="Averages"/>, <see cref="AccumulatedSteps"/>, <see cref="AccumulatedGradients"/> and the
/// <see cref="ISchedule.State"/> of <see cref="Schedule"/> are all that an optimizer is besides what it was created with.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Optimizer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly OptimizerSlot<T>[] slots;
    private readonly long[] skipped;
    private readonly IGradientTransform[] transforms;
    private readonly Parameter<T>[] trainable;
    private readonly GradientAccumulation<T>? accumulation;
    private readonly WeightAverages<T>? averages;

    /// <summary>Creates an optimizer at step 0.</summary>
    /// <param name="network">The network whose parameters it updates.</param>
    /// <param name="rule">The rule, such as <c>new Adam(0.001)</c>.</param>
    /// <param name="schedule">How the learning rate changes; if left out it stays that of the rule.</param>
    /// <param name="transforms">What is done to the gradients before the rule sees them, in this order: <c>[new ClipByGlobalNorm(1), new L2(1e-4)]</c>.</param>
    /// <param name="accumulationSteps">How many calls of <see cref="Update"/> make one update, from the mean of their gradients, at least 1; 1 by default.</param>
    /// <param name="averageDecay">The share of the moving average of the weights that stays from update to update, in [0, 1); if left out no average is kept.</param>
    /// <exception cref="ArgumentException">The rule has one name for two slots, or one of the optimizer's own, <c>accumulated_gradient</c> or <c>average</c>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Optimizer(
        Network<T> network,
        IOptimizerRule rule,
        ISchedule? schedule = null,
        IEnumerable<IGradientTransform>? transforms = null,
        int accumulationSteps = 1,
        double? averageDecay = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(rule);
        (Network, Rule, Schedule) = (network, rule, schedule);
        AccumulationSteps = Guard.AtLeast(1, accumulationSteps, nameof(accumulationSteps));
        this.transforms = [.. transforms ?? []];
        foreach (IGradientTransform transform in this.transforms)
            ArgumentNullException.ThrowIfNull(transform, nameof(transforms));
        string[] slotNames = [GradientAccumulation<T>.SlotName, WeightAverages<T>.SlotName, .. rule.SlotNames];
        if (slotNames.CountBy(name => name).FirstOrDefault(pair => pair.Value > 1).Key is { } repeated)
            throw new ArgumentException($"The rule's SlotNames must differ from each other and from {slotNames[0]} and {slotNames[1]}; got {string.Join(", ", rule.SlotNames)}: '{repeated}' is taken.", nameof(rule));
        trainable = new Parameter<T>[network.Parameters.Count];
        skipped = new long[network.Parameters.Count];
        slots = [.. network.Parameters.SelectMany(parameter => rule.SlotNames.Select(name => new OptimizerSlot<T>(name, parameter)))];
        if (accumulationSteps > 1)
            accumulation = new GradientAccumulation<T>(network, accumulationSteps);
        if (averageDecay is { } decay)
            averages = new WeightAverages<T>(network, Guard.Share(decay, nameof(averageDecay)));
    }

    /// <summary>The network whose parameters it updates.</summary>
    public Network<T> Network { get; }

    /// <summary>The rule.</summary>
    public IOptimizerRule Rule { get; }

    /// <summary>How the learning rate changes, as <see cref="Observe"/> has left it; <see langword="null"/> if it stays that of the rule.</summary>
    public ISchedule? Schedule { get; private set; }

    /// <summary>What is done to the gradients before the rule sees them, in order.</summary>
    public IReadOnlyList<IGradientTransform> Transforms => transforms;

    /// <summary>How many calls of <see cref="Update"/> make one update.</summary>
    public int AccumulationSteps { get; }

    /// <summary>The number of updates done. Calls of <see cref="Update"/> that only accumulate do not count.</summary>
    public long StepNumber { get; private set; }

    /// <summary>For each of the network's parameters, in their order: how many updates left it out because it was not trainable then. The rule counts the others: see <see cref="UpdateStep.Step"/>.</summary>
    public IReadOnlyList<long> SkippedUpdates => skipped;

    /// <summary>How many gradients are accumulated for the next update.</summary>
    public int AccumulatedSteps => accumulation?.Count ?? 0;

    /// <summary>The learning rate of the next update.</summary>
    /// <exception cref="InvalidOperationException">The schedule, or a rule of the application, gives a rate that is negative or not finite.</exception>
    public double LearningRate
    {
        get
        {
            double rate = Schedule?.RateAt(Rule.LearningRate, StepNumber + 1) ?? Rule.LearningRate;
            return rate >= 0 && double.IsFinite(rate)
                ? rate
                : throw new InvalidOperationException($"The {(Schedule is null ? $"rule {this}" : $"schedule {Guard.InvariantText(Schedule)}")} gives the learning rate {Guard.Number(rate)} for step {StepNumber + 1}; it must be at least 0 and finite.");
        }
    }

    /// <summary>What the rule remembers, parameter by parameter.</summary>
    public IReadOnlyList<OptimizerSlot<T>> Slots => slots;

    /// <summary>The sums of the gradients that are accumulated, <c>0.weight.accumulated_gradient</c>; empty without accumulation.</summary>
    public IReadOnlyList<OptimizerSlot<T>> AccumulatedGradients => accumulation?.Sums ?? [];

    /// <summary>
    /// The moving averages of the weights, <c>0.weight.average</c>: <c>average = decay·average + (1 - decay)·weight</c>, after the first update the weights themselves.
    /// Empty if none are kept.
    /// </summary>
    /// <remarks>As PyTorch's AveragedModel with that function. What layers keep besides, such as running statistics, is not averaged.</remarks>
    public IReadOnlyList<OptimizerSlot<T>> Averages => averages?.Averages ?? [];

    /// <summary>Takes the gradients in and, if they are the last of <see cref="AccumulationSteps"/>, updates every trainable parameter. Ends the network's step in any case: the next <see cref="Network{T}.Gradients"/> is that of a new step.</summary>
    /// <remarks>
    /// The order within an update is fixed: the mean of the accumulated gradients, which equals the gradient of one batch if the batches had one size; the transforms in
    /// their order, each over all gradients; the rule with the rate of the step from the schedule, parameter by parameter in the network's order; the moving average.
    /// <see cref="Parameter{T}.Gradient"/> holds afterwards what the rule has seen.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The schedule or the rule gives a rate that is negative or not finite, or the averages are in use; nothing was updated.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rule's epsilon is 0 in the network's precision; nothing was updated.</exception>
    public void Update()
    {
        CheckAverages();
        using ThreadLimit.Scope limit = ThreadLimit.Enter(Network.MaxThreads);
        double rate = LearningRate;
        if (accumulation is { IsLast: false })
        {
            accumulation.Add();
        }
        else
        {
            accumulation?.Finish();
            ReadOnlySpan<Parameter<T>> parameters = Trainable();
            foreach (IGradientTransform transform in transforms)
                transform.Apply(parameters);
            ApplyRule(rate, StepNumber + 1);
            StepNumber++;
            if (StepNumber == 1)
                averages?.Begin();
            else
                averages?.Follow();
        }

        Network.CompleteStep();
    }

    /// <summary>Tells the schedule a metric, such as the loss over the validation samples; <see cref="Schedule"/> is from then on the one that has taken it in.</summary>
    /// <param name="metric">The metric.</param>
    /// <exception cref="InvalidOperationException">The schedule, one of your own, gave null.</exception>
    public void Observe(double metric)
    {
        if (Schedule is not null)
            Schedule = Schedule.Observe(metric) ?? throw new InvalidOperationException($"The schedule {Guard.InvariantText(Schedule)} observed a metric and gave null; expected the schedule to go on with.");
    }

    /// <summary>The Euclidean norm of the gradients of all trainable parameters as they are: between <see cref="Network{T}.Gradients"/> and <see cref="Update"/> of the batch's, then of what the rule has seen.</summary>
    /// <returns>The norm. It is computed in the network's precision: in <see langword="float"/>, gradients below 7e-18 count as 0.</returns>
    public double GradientNorm()
    {
        using ThreadLimit.Scope limit = ThreadLimit.Enter(Network.MaxThreads);
        return NeuralNet.GradientNorm.Of(Trainable());
    }

    /// <summary>Puts the moving averages in the place of the weights until the result is disposed: <c>using (optimizer.UseAverages()) accuracy = network.Accuracy(x, t);</c></summary>
    /// <remarks>Weights and averages change places: what saves the optimizer too refuses to in between, and what saves the network alone saves the averages, and weights that are loaded in between become the averages. Before the first update they are the weights.</remarks>
    /// <returns>What puts the weights back.</returns>
    /// <exception cref="InvalidOperationException">No averages are kept, or they are in use already.</exception>
    public IDisposable UseAverages()
    {
        if (averages is null)
            throw new InvalidOperationException("The optimizer keeps no averages: give it an averageDecay, such as 0.999.");
        CheckAverages();
        if (StepNumber == 0)
            averages.Begin();
        return averages.Use();
    }

    /// <summary>The rule and its hyperparameters.</summary>
    /// <returns>For example <c>Sgd { LearningRate = 0.1 }</c>.</returns>
    public override string ToString() => Guard.InvariantText(Rule);

    /// <summary>Goes on as another optimizer that was created as this one.</summary>
    internal void Resume(long stepNumber, ReadOnlySpan<long> skippedUpdates, int accumulatedSteps, ISchedule? schedule)
    {
        (StepNumber, Schedule) = (stepNumber, schedule);
        skippedUpdates.CopyTo(skipped);
        accumulation?.Count = accumulatedSteps;
    }

    /// <exception cref="InvalidOperationException">Weights and averages have changed places.</exception>
    internal void CheckAverages()
    {
        if (averages is { AreInUse: true })
            throw new InvalidOperationException("The averages are in the place of the weights: dispose what UseAverages returned first.");
    }

    private ReadOnlySpan<Parameter<T>> Trainable()
    {
        int count = 0;
        for (int i = 0; i < Network.Parameters.Count; i++)
        {
            if (Network.Parameters[i].Trainable)
                trainable[count++] = Network.Parameters[i];
        }

        return trainable.AsSpan(0, count);
    }

    private void ApplyRule(double rate, long step)
    {
        int slotsEach = Rule.SlotNames.Count;
        for (int i = 0; i < Network.Parameters.Count; i++)
        {
            Parameter<T> parameter = Network.Parameters[i];
            if (!parameter.Trainable)
            {
                skipped[i]++;
                continue;
            }

            var memory = new Slots<T>(slots.AsSpan(i * slotsEach, slotsEach));
            Rule.Update(parameter.Value.Values(), parameter.Gradient.Values(), memory, new UpdateStep(rate, step - skipped[i], parameter.Decays));
        }
    }
}
