using MathNet.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace NeuralNet.Tests;

/// <summary>Sets MathNet's process-wide provider and number of threads and puts them back. Tests that do so run alone: <c>[Collection(ProcessWideSettings.Collection)]</c>.</summary>
internal sealed class ProcessWideSettings : IDisposable
{
    public const string Collection = "MathNet's process-wide settings";

    private readonly ILinearAlgebraProvider provider = LinearAlgebraControl.Provider;
    private readonly int threads = Control.MaxDegreeOfParallelism;

    public void Dispose()
    {
        LinearAlgebraControl.Provider = provider;
        Control.MaxDegreeOfParallelism = threads;
    }

    /// <summary>What a computation gives under a provider.</summary>
    public static TResult Under<TResult>(ILinearAlgebraProvider provider, Func<TResult> compute)
    {
        using var settings = new ProcessWideSettings();
        LinearAlgebraControl.Provider = provider;
        return compute();
    }

    [CollectionDefinition(Collection, DisableParallelization = true)]
    public sealed class Definition;
}
