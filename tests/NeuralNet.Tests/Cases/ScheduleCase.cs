namespace NeuralNet.Tests;

/// <summary>A schedule.</summary>
/// <param name="Name">The row's name, also in the golden values.</param>
/// <param name="Create">Creates it.</param>
internal sealed record ScheduleCase(string Name, Func<ISchedule> Create)
{
    public override string ToString() => Name;
}
