using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace NeuralNet.Tests.Plots;

/// <summary>A PNG file read back, independently of the encoder: its chunks and, row by row, its unfiltered pixels.</summary>
internal sealed class PngFile
{
    public PngFile(byte[] file)
    {
        file[..8].Should().Equal(137, 80, 78, 71, 13, 10, 26, 10);
        using var data = new MemoryStream();
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            string type = Encoding.ASCII.GetString(file, at + 4, 4);
            byte[] content = file[(at + 8)..(at + 8 + length)];
            BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)).Should().Be(BitwiseCrc(file.AsSpan(at + 4, 4 + length)));
            Chunks.Add(type);
            if (type == "IHDR")
                (Width, Height, Channels) = (BinaryPrimitives.ReadInt32BigEndian(content), BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(4)), Depth(content));
            if (type == "IDAT")
                data.Write(content);
            at += 12 + length;
        }

        data.Position = 0;
        using var zlib = new ZLibStream(data, CompressionMode.Decompress);
        Pixels = new byte[Height * Width * Channels];
        for (int y = 0; y < Height; y++)
        {
            zlib.ReadByte().Should().Be(0, "no filter is used");
            zlib.ReadExactly(Pixels.AsSpan(y * Width * Channels, Width * Channels));
        }

        zlib.ReadByte().Should().Be(-1);
    }

    public List<string> Chunks { get; } = [];

    public int Width { get; }

    public int Height { get; }

    public int Channels { get; }

    public byte[] Pixels { get; }

    public byte this[int y, int x] => Pixels[(y * Width) + x];

    /// <summary>The checksum by its definition, a bit at a time.</summary>
    public static uint BitwiseCrc(ReadOnlySpan<byte> bytes)
    {
        uint state = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            for (int bit = 0; bit < 8; bit++)
                state = ((state ^ (uint)(value >> bit)) & 1) == 1 ? (state >> 1) ^ 0xEDB88320 : state >> 1;
        }

        return ~state;
    }

    private static int Depth(byte[] header)
    {
        header[8].Should().Be(8, "eight bits a channel");
        header[10..].Should().Equal(0, 0, 0);
        return header[9] == 0 ? 1 : header[9] == 2 ? 3 : throw new InvalidDataException($"colour type {header[9]}");
    }
}
