namespace NeuralNet.Onnx;

/// <summary>How much memory the import of a file may take, in proportion to its size: a few bytes of a damaged or hostile file can claim constants and copies of any size.</summary>
/// <param name="fileSize">The file's size in bytes.</param>
internal sealed class MemoryBudget(long fileSize)
{
    // For what small files compute: zeros and indices.
    private const long Always = 4L << 20;

    // A weight of 4 bytes is for a while a double and a number of the network, and may be shared by several layers.
    private const long ForEachByte = 64;

    private readonly long total = Always + (ForEachByte * fileSize);
    private long spent;

    /// <summary>Takes so many bytes, before they are allocated.</summary>
    /// <param name="bytes">How many; at least 0. Too many to count are more than there are.</param>
    /// <param name="refuse">Makes the error of what asks for them.</param>
    public void Spend(double bytes, Func<string, InvalidDataException> refuse)
    {
        if (!(bytes <= total - spent))
            throw refuse($"would take the memory for this file beyond {total >> 20} MB, which is out of proportion to its {fileSize} bytes");
        spent += (long)bytes;
    }
}
