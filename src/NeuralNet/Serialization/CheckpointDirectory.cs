using System.Globalization;

namespace NeuralNet;

/// <summary>Checkpoints as files of a directory, the newest few kept: <c>checkpoint-000000001200.safetensors</c> is the one after step 1,200.</summary>
/// <remarks>
/// Each is written beside its place, brought to the disk and then moved there, so a process that is killed at any moment leaves whole files only. One run uses a directory at a time.
/// Each ends with its own SHA-256 and is refused if that does not match; the one before it is used then, and <see cref="Damaged"/> says so.
/// A file is also a safetensors file: any tool that reads those sees the weights under <c>network/0.weight</c>.
/// </remarks>
public sealed class CheckpointDirectory : ICheckpointStore
{
    private const string Prefix = "checkpoint-", Extension = ".safetensors";

    private readonly List<DamagedCheckpoint> damaged = [];

    // Files that were refused and have not been replaced since.
    private readonly HashSet<string> refused = [];

    /// <summary>Names a directory; it is created when the first checkpoint is saved.</summary>
    /// <param name="path">The directory, of this run alone.</param>
    /// <param name="keep">How many of the newest checkpoints are kept, at least 1; 3 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public CheckpointDirectory(string path, int keep = 3)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (Path, Keep) = (path, Guard.AtLeast(1, keep, nameof(keep)));
    }

    /// <summary>The directory.</summary>
    public string Path { get; }

    /// <summary>How many of the newest checkpoints are kept.</summary>
    public int Keep { get; }

    /// <summary>The checkpoints that the last <see cref="Load"/> refused, the newest first.</summary>
    public IReadOnlyList<DamagedCheckpoint> Damaged => damaged;

    /// <inheritdoc/>
    public bool IsEmpty => Files().Count == 0;

    /// <summary>The files, the newest first.</summary>
    /// <returns>Their paths; none if the directory does not exist.</returns>
    /// <exception cref="IOException">The directory cannot be listed.</exception>
    public IReadOnlyList<string> Files()
    {
        try
        {
            return Directory.Exists(Path) ? [.. Directory.EnumerateFiles(Path, $"{Prefix}*{Extension}").Where(IsCheckpoint).OrderByDescending(file => file, StringComparer.Ordinal)] : [];
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"{Path} could not be listed: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public void Save<T>(Checkpoint<T> checkpoint)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        if (File.Exists(Path))
            throw new IOException($"{Path} is a file; expected a directory for checkpoints.");
        string path = System.IO.Path.Combine(Path, $"{Prefix}{checkpoint.State.NetworkStep.ToString("D12", CultureInfo.InvariantCulture)}{Extension}");
        try
        {
            Directory.CreateDirectory(Path);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"{Path} could not be created: {error.Message}", error);
        }

        CheckpointFile.Write(path, checkpoint);
        refused.Remove(path);

        // What was refused does not count; of a later step than this are none but such, which an earlier process may have refused.
        foreach (string old in Files().Where(file => string.CompareOrdinal(file, path) < 0 && !refused.Contains(file)).Skip(Keep - 1))
            AtomicFile.DeleteQuietly(old);
    }

    /// <inheritdoc/>
    public Checkpoint<T>? Load<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        damaged.Clear();
        refused.Clear();
        foreach (string file in Files())
        {
            try
            {
                return CheckpointFile.Read<T>(file);
            }
            catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                damaged.Add(new DamagedCheckpoint(file, error.Message));
                refused.Add(file);
            }
        }

        return damaged.Count == 0
            ? null
            : throw new InvalidDataException($"{Path} holds no checkpoint that can be used: {damaged[0].Reason}");
    }

    /// <summary>The directory.</summary>
    /// <returns>For example <c>CheckpointDirectory(out/checkpoints)</c>.</returns>
    public override string ToString() => $"CheckpointDirectory({Path})";

    private static bool IsCheckpoint(string path) => System.IO.Path.GetFileNameWithoutExtension(path)[Prefix.Length..].All(char.IsAsciiDigit);
}
