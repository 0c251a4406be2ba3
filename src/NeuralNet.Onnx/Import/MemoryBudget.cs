namespace NeuralNet.Onnx;

/// <summary>How much memory the import of a file may take, in proportion to its size: a few bytes of a damaged or hostile file can claim images, tables and copies of any size.</summary>
/// <param name="fileSize">The file's size in bytes.</param>
internal sealed class MemoryBudget(long fileSize)
{
    // Enough for the tables of a few hundred layers on images of 512 x 512, whose file may be small.
    private const long Always = 128L << 20;

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
