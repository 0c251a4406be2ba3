using System.Globalization;

namespace NeuralNet;

/// <summary>Looks for reasons why a network does not learn while a <see cref="Trainer{T}"/> trains it: <c>new Trainer&lt;float&gt;(optimizer) { Callbacks = [diagnostics] }</c>.</summary>
/// <remarks>
/// The first step of a run, every n-th after it, every step whose gradients are not finite, and the end of each epoch are looked at. Such a step costs about three, others next to nothing.
/// The run's bits stay what they are without it: a step that is looked at is run once more with the same batch, and its gradients are put back.
/// So is a step whose loss is not finite, which is the last. Findings are not saved with checkpoints: a run that goes on begins without.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class TrainingDiagnostics<T> : ITrainingCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<(FindingKind Kind, string Where), Finding> findings = [];
    private readonly int every;

    // What is known of the step that is looked at, until its update is done.
    private (double Loss, double Silent)? losses;
    private Matrix<T>[] values = [];
    private double[] gradientNorms = [];
    private double learningRate;
    private long updatesBefore;

    /// <summary>Creates the callback; for one run.</summary>
    /// <param name="every">How many steps lie between two that are looked at, at least 1; 100 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public TrainingDiagnostics(int every = 100)
    {
        Guard.Precision<T>();
        this.every = Guard.AtLeast(1, every, nameof(every));
    }

    /// <summary>What was found so far, each place once with the time when it was first found.</summary>
    public Diagnosis Diagnosis => new([.. findings.Values]);

    /// <inheritdoc/>
    public void BeforeUpdate(in TrainingStep<T> step)
    {
        // With accumulated gradients the update may come some steps later; until then the evidence waits for it.
        Optimizer<T> optimizer = step.Trainer.Optimizer;
        bool isDue = (step.Number - 1) % every == 0 && losses is null;
        if (!isDue && double.IsFinite(optimizer.GradientNorm()))
            return;

        IReadOnlyList<Parameter<T>> parameters = optimizer.Network.Parameters;
        Matrix<T>[] gradients = [.. parameters.Select(parameter => parameter.Gradient.Clone())];
        (DataSurvey<T> survey, Pass<T> pass) = Again(step);
        for (int i = 0; i < gradients.Length; i++)
            gradients[i].CopyTo(parameters[i].Gradient);

        // Now and not after the update, because the weights are still those of the pass.
        losses = (pass.Loss, pass.SilentLoss);
        Add(new Evidence<T>(optimizer.Network) { Data = survey, Pass = pass, Losses = losses }, step);
        values = [.. parameters.Select(parameter => parameter.Value.Clone())];
        gradientNorms = [.. gradients.Select(gradient => TensorStatistics.Of(gradient).Norm)];
        (learningRate, updatesBefore) = (optimizer.LearningRate, optimizer.StepNumber);
    }

    /// <inheritdoc/>
    public void AfterUpdate(in TrainingStep<T> step)
    {
        Optimizer<T> optimizer = step.Trainer.Optimizer;
        IReadOnlyList<Parameter<T>> parameters = optimizer.Network.Parameters;
        bool isLookedAt = losses is not null && optimizer.StepNumber > updatesBefore;
        if (!isLookedAt && !HasSpoilt(parameters))
            return;

        ParameterChange<T>[] changes = isLookedAt
            ? [.. parameters.Select((parameter, i) => ParameterChange<T>.Between(parameter, values[i], parameter.Value, gradientNorms[i], learningRate))]
            : [.. parameters.Where(IsSpoilt).Select(parameter => new ParameterChange<T>(parameter, double.NaN, double.NaN, double.NaN, optimizer.LearningRate))];
        Add(new Evidence<T>(optimizer.Network) { Changes = changes, Losses = losses }, step);
        (losses, values) = (null, []);
    }

    /// <inheritdoc/>
    public void StepFailed(in TrainingStep<T> step)
    {
        (DataSurvey<T> survey, Pass<T> pass) = Again(step);
        Add(new Evidence<T>(step.Trainer.Network) { Data = survey, Pass = pass, Losses = losses }, step);
    }

    /// <inheritdoc/>
    public void EpochEnded(Trainer<T> trainer, EpochRecord epoch)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(epoch);
        Add(new Evidence<T>(trainer.Network) { Epochs = trainer.History.Epochs }, $"epoch {Text(epoch.Epoch)}");
    }

    /// <summary>What was found so far.</summary>
    /// <returns>Several lines.</returns>
    public override string ToString() => Diagnosis.ToString();

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool IsSpoilt(Parameter<T> parameter) => NonFiniteSearch<T>.Find(parameter.Value) is not null;

    // A loop, so that a step that is not looked at allocates nothing.
    private static bool HasSpoilt(IReadOnlyList<Parameter<T>> parameters)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            if (IsSpoilt(parameters[i]))
                return true;
        }

        return false;
    }

    private static (DataSurvey<T> Survey, Pass<T> Pass) Again(in TrainingStep<T> step)
    {
        Network<T> network = step.Trainer.Network;
        var survey = new DataSurvey<T>(network.OutputShape.Size);
        survey.Add(step.Batch.Features, step.Batch.Targets);
        return (survey, Pass<T>.Run(network, step.Batch.Features, step.Batch.Targets, step.Batch.SampleWeights));
    }

    private void Add(Evidence<T> evidence, in TrainingStep<T> step) => Add(evidence, $"epoch {Text(step.Epoch)}, batch {Text(step.Batch.Number)}, step {Text(step.Number)}");

    private void Add(Evidence<T> evidence, string when)
    {
        foreach (Finding finding in evidence.Examine())
            findings.TryAdd((finding.Kind, finding.Where), finding with { When = when });
    }
}
