namespace NeuralNet.Onnx;

/// <summary>Files that are written whole or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file beside its place, waits until it is on the disk, and moves it there.</summary>
    /// <exception cref="IOException">It cannot be written; an old file is still there.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        // A link stays one: what it points to is replaced.
        string target = new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        string partial = target + ".partial";
        bool isOurs = false;
        try
        {
            using (FileStream file = File.Create(partial))
            {
                isOurs = true;
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, target, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A file that could not be created may be another process', which is writing it.
            if (isOurs)
                DeleteQuietly(partial);
            throw new IOException($"{path} could not be written: {error.Message}", error);
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
