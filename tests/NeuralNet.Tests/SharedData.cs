namespace NeuralNet.Tests;

/// <summary>Data sets too large for the repository, in a folder <c>shared</c> beside the checkout; tests that need them skip, visibly, where it is not.</summary>
internal static class SharedData
{
    public static string? Mnist { get; } = Find("shared/data/mnist");

    /// <summary>Why tests on it are skipped; null if they are not.</summary>
    public static string? WithoutMnist => Mnist is null ? "MNIST is not in shared/data/mnist beside the checkout." : null;

    private static string? Find(string path)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, path);
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}

/// <summary>A test on the real MNIST files.</summary>
internal sealed class MnistFactAttribute : FactAttribute
{
    public MnistFactAttribute()
    {
        Skip = SharedData.WithoutMnist;
    }
}
