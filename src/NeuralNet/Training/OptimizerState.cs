using System.Text.Json.Serialization;

namespace NeuralNet;

/// <summary>What an optimizer is at one moment besides its tensors and what it was created with.</summary>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Step">The number of updates done.</param>
/// <param name="AccumulatedSteps">How many gradients are accumulated for the next update.</param>
/// <param name="Schedule">The state of the schedule.</param>
/// <param name="Skipped">The number of updates that parameters were left out of, by name; null without any.</param>
internal sealed record OptimizerState(
    string Rule,
    long Step,
    int AccumulatedSteps,
    IReadOnlyList<double> Schedule,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, long>? Skipped = null)
{
    /// <exception cref="InvalidOperationException">The averages are in use.</exception>
    public static OptimizerState Of<T>(Optimizer<T> optimizer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        optimizer.CheckAverages();
        Dictionary<string, long> skipped = optimizer.Network.Parameters.Zip(optimizer.SkippedUpdates).Where(pair => pair.Second > 0).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        return new(optimizer.Rule.GetType().Name, optimizer.StepNumber, optimizer.AccumulatedSteps, optimizer.Schedule?.State ?? [], skipped.Count > 0 ? skipped : null);
    }

    /// <summary>Checks that it is the state of an optimizer that was created as this one.</summary>
    /// <param name="optimizer">The optimizer; not changed.</param>
    /// <param name="source">What the error begins with.</param>
    /// <returns>What gives it to the optimizer, once all else is right too.</returns>
    /// <exception cref="InvalidDataException">It is not.</exception>
    /// <exception cref="InvalidOperationException">The averages are in use.</exception>
    public Action For<T>(Optimizer<T> optimizer, string source)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OptimizerState like = Of(optimizer);
        if (Rule != like.Rule)
            throw new InvalidDataException($"{source}: expected rule {like.Rule}, found {Rule}.");
        if (Schedule.Count != like.Schedule.Count)
            throw new InvalidDataException($"{source}: expected size of the schedule's state {like.Schedule.Count}, found {Schedule.Count}.");
        if (Step is < 0 or > Guard.MostSteps || AccumulatedSteps < 0 || AccumulatedSteps >= optimizer.AccumulationSteps)
            throw new InvalidDataException($"{source}: expected a step from 0 to {Guard.MostSteps} and less than {optimizer.AccumulationSteps} accumulated steps, found step {Guard.Number(Step)} and {AccumulatedSteps} accumulated steps.");
        Dictionary<string, long> skipped = new(Skipped ?? new Dictionary<string, long>());
        long[] skippedUpdates = [.. optimizer.Network.Parameters.Select(parameter => skipped.Remove(parameter.Name, out long count) ? count : 0)];
        if (skipped.Count > 0)
            throw new InvalidDataException($"{source}: the network has no parameter {Guard.Excerpt(skipped.Keys.First())}, which skipped {skipped.Values.First()} updates.");
        if (skippedUpdates.Any(count => count < 0 || count > Step))
            throw new InvalidDataException($"{source}: expected that each parameter skipped from 0 to {Step} updates, found {string.Join(", ", Skipped!.Select(pair => $"{pair.Key}: {pair.Value}"))}.");
        try
        {
            ISchedule? schedule = optimizer.Schedule?.WithState(Schedule);
            return () => optimizer.Resume(Step, skippedUpdates, AccumulatedSteps, schedule);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"{source}: the state of the schedule does not fit {Guard.InvariantText(optimizer.Schedule!)}: {error.Message}", error);
        }
    }
}
