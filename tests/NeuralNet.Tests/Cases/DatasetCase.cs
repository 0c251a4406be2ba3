namespace NeuralNet.Tests;

/// <summary>A data set, or one that decorates another.</summary>
/// <param name="Name">The row's name.</param>
/// <param name="Create">Creates it, with the files that it reads in a folder.</param>
internal sealed record DatasetCase(string Name, Func<ScratchFolder, IDataset<double>> Create)
{
    /// <summary>Whether it is another set in each epoch.</summary>
    public bool ChangesByEpoch { get; init; }

    public override string ToString() => Name;
}
