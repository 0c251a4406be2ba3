namespace NeuralNet.Samples.FromScratch;

/// <summary>Some worked examples of the tutorials that belong together.</summary>
internal interface IChapter
{
    /// <summary>What is typed to run it.</summary>
    string Name { get; }

    /// <summary>What it is about, in a few words.</summary>
    string Title { get; }

    /// <summary>Works the examples, and writes each figure beside the expected one.</summary>
    void Run(Figures figures, Options options);
}
