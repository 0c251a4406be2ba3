namespace NeuralNet.Onnx;

/// <summary>Files that are written whole or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file beside its place, brings it to the disk and moves it there.</summary>
    /// <exception cref="IOException">It cannot be written; an old file is still there.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        string partial = $"{target}.{Guid.NewGuid():N}.partial";
        try
        {
            using (var file = new FileStream(partial, FileMode.CreateNew))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, target, overwrite: true);
        }
        catch (Exception error)
        {
            DeleteQuietly(partial);
            if (error is IOException or UnauthorizedAccessException)
                throw new IOException($"{path} could not be written: {error.Message}", error);
            throw;
        }
    }

    // The file may be undeletable for the reason that it could not be written for, and that reason is what must be told.
    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }
}
