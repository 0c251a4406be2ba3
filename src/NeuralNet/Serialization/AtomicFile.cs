namespace NeuralNet;

/// <summary>Files that are written whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>The end of the name of a file that is not whole yet.</summary>
    public const string PartialExtension = ".partial";

    /// <summary>Writes a file beside its place, waits until it is on the disk, and moves it there: a crash at any moment leaves the old file or the new one. The new one has the old one's mode.</summary>
    /// <exception cref="IOException">It cannot be written; the old file is still there.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, (file, write) => write(file));

    /// <summary>The same with what is to be written, which may be a span.</summary>
    public static void Write<TContent>(string path, TContent content, Action<Stream, TContent> write)
        where TContent : allows ref struct
    {
        // A link stays one: what it points to is replaced.
        if (new FileInfo(path).LinkTarget is not null)
            path = File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        string partial = path + PartialExtension;
        bool isOurs = false;
        try
        {
            // A link in that place is none of ours, and writing would go through it.
            if (new FileInfo(partial).LinkTarget is not null)
                File.Delete(partial);
            using (FileStream file = File.Create(partial))
            {
                isOurs = true;
                if (!OperatingSystem.IsWindows() && File.Exists(path) && File.GetUnixFileMode(path) is var mode && mode != File.GetUnixFileMode(file.SafeFileHandle))
                    File.SetUnixFileMode(file.SafeFileHandle, mode);
                write(file, content);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch (Exception error)
        {
            // A file that could not be created may be another process', which is writing it.
            if (isOurs)
                DeleteQuietly(partial);
            if (error is IOException or UnauthorizedAccessException)
                throw new IOException($"{path} could not be written: {error.Message}", error);
            throw;
        }
    }

    /// <summary>Deletes a file if that can be done: one that stays does no harm, and is not to hide that what mattered was done, or why it was not.</summary>
    public static void DeleteQuietly(string path)
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
