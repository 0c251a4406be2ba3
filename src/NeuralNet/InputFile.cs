namespace NeuralNet;

/// <summary>Files that are opened to be read.</summary>
internal static class InputFile
{
    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What an error calls it: <c>The safetensors file</c>.</param>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static FileStream Open(string path, string what)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{what} {path} does not exist.", path);
        try
        {
            return File.OpenRead(path);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"{what} {path} could not be read: {error.Message}", error);
        }
    }
}
