namespace NeuralNet.Benchmarks;

/// <summary>A folder for what processes hand each other, weights and models, deleted at the end.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("neuralnet-compare-");

    /// <summary>A file in the folder, written once.</summary>
    public string File(string name, Action<string> write)
    {
        string path = Path.Combine(directory.FullName, name);
        if (!System.IO.File.Exists(path))
            write(path);
        return path;
    }

    public void Dispose() => directory.Delete(recursive: true);
}
