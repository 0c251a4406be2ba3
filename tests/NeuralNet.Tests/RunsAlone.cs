namespace NeuralNet.Tests;

/// <summary>Tests that measure the whole process, or change settings of it, and so run by themselves.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class RunsAlone
{
    public const string Name = "alone";
}
