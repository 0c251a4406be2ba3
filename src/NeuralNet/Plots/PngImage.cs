using System.Buffers.Binary;
using System.IO.Compression;

namespace NeuralNet;

/// <summary>Encodes pixels as PNG files, 8 bits a channel.</summary>
/// <seealso href="https://www.w3.org/TR/png-3/">W3C, Portable Network Graphics (PNG) Specification.</seealso>
public static class PngImage
{
    private const byte Grey = 0, Rgb = 2;

    /// <summary>Encodes an image of grey values.</summary>
    /// <param name="pixels">height x width bytes, row after row from the top; 0 is black, 255 is white.</param>
    /// <param name="height">The height in pixels, at least 1.</param>
    /// <param name="width">The width in pixels, at least 1.</param>
    /// <returns>The bytes of the file.</returns>
    /// <exception cref="ArgumentException">There are not height x width pixels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is less than 1.</exception>
    public static byte[] EncodeGrey(ReadOnlySpan<byte> pixels, int height, int width) => Encode(pixels, height, width, channels: 1, Grey);

    /// <summary>Encodes an image in colour.</summary>
    /// <param name="pixels">height x width x 3 bytes, row after row from the top, red, green, blue for each pixel.</param>
    /// <param name="height">The height in pixels, at least 1.</param>
    /// <param name="width">The width in pixels, at least 1.</param>
    /// <returns>The bytes of the file.</returns>
    /// <exception cref="ArgumentException">There are not height x width x 3 bytes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is less than 1.</exception>
    public static byte[] EncodeRgb(ReadOnlySpan<byte> pixels, int height, int width) => Encode(pixels, height, width, channels: 3, Rgb);

    private static byte[] Encode(ReadOnlySpan<byte> pixels, int height, int width, int channels, byte colorType)
    {
        Guard.AtLeast(1, height, nameof(height));
        Guard.AtLeast(1, width, nameof(width));
        Guard.Pixels(pixels.Length, channels == 1 ? new Shape(height, width) : new Shape(height, width, channels));

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (8, colorType);
        header[10..].Clear();

        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n']);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compressed(pixels, width * channels));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>The rows, each behind a byte that says "no filter", as one zlib stream.</summary>
    private static byte[] Compressed(ReadOnlySpan<byte> pixels, int rowLength)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal))
        {
            for (; !pixels.IsEmpty; pixels = pixels[rowLength..])
            {
                zlib.WriteByte(0);
                zlib.Write(pixels[..rowLength]);
            }
        }

        return data.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(type);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(type, content));
        file.Write(number);
    }
}
