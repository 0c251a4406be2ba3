namespace NeuralNet.Tests;

/// <summary>An update rule.</summary>
/// <param name="Name">The row's name, also in the golden values.</param>
/// <param name="Create">Creates it.</param>
internal sealed record RuleCase(string Name, Func<IOptimizerRule> Create)
{
    public override string ToString() => Name;
}
