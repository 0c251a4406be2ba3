namespace NeuralNet.Tests;

/// <summary>A training run with something of its own to remember, as the tests of resuming need it: made anew for each start.</summary>
public sealed record ResumeCase(string Name, Func<Network<double>> Network, Func<Network<double>, Optimizer<double>> Optimizer)
{
    public EarlyStopping? EarlyStopping { get; init; }

    public Func<Optimizer<double>, Trainer<double>>? Trainer { get; init; }

    public override string ToString() => Name;
}
