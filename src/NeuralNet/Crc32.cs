namespace NeuralNet;

/// <summary>The checksum of PNG chunks and of files in zip archives: polynomial 0xEDB88320 in reversed bit order, all ones before and inverted after.</summary>
internal static class Crc32
{
    private static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(value => Remainder((uint)value))];

    /// <summary>The checksum of two stretches of bytes, one behind the other.</summary>
    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => Continue(Continue(0, first), second);

    /// <summary>The checksum of bytes behind others whose checksum is known; that of none is 0.</summary>
    public static uint Continue(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint state = ~checksum;
        foreach (byte value in bytes)
            state = Remainders[(byte)(state ^ value)] ^ (state >> 8);
        return ~state;
    }

    private static uint Remainder(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
            value = (value & 1) == 0 ? value >> 1 : 0xEDB88320 ^ (value >> 1);
        return value;
    }
}
