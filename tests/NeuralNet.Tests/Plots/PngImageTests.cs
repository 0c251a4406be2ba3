namespace NeuralNet.Tests.Plots;

public class PngImageTests
{
    // The check value of CRC-32 (ISO-HDLC), and the last four bytes of every PNG file.
    [Fact]
    public void The_checksum_is_the_published_one()
    {
        Crc32.Of("123456789"u8, []).Should().Be(0xCBF43926);
        Crc32.Of("1234"u8, "56789"u8).Should().Be(0xCBF43926);
        Crc32.Of("IEND"u8, []).Should().Be(0xAE426082);
        PngFile.BitwiseCrc("IEND"u8).Should().Be(0xAE426082);
    }

    [Fact]
    public void Grey_pixels_come_back()
    {
        byte[] pixels = [0, 1, 2, 127, 254, 255];
        byte[] file = PngImage.EncodeGrey(pixels, height: 2, width: 3);
        var image = new PngFile(file);

        (image.Height, image.Width, image.Channels).Should().Be((2, 3, 1));
        image.Pixels.Should().Equal(pixels);
        image.Chunks.Should().Equal("IHDR", "IDAT", "IEND");
        file[^4..].Should().Equal(0xAE, 0x42, 0x60, 0x82);
    }

    [Fact]
    public void Colours_come_back()
    {
        byte[] pixels = [255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3];
        var image = new PngFile(PngImage.EncodeRgb(pixels, height: 1, width: 4));

        (image.Height, image.Width, image.Channels).Should().Be((1, 4, 3));
        image.Pixels.Should().Equal(pixels);
    }

    [Fact]
    public void Wrong_sizes_are_refused_in_words()
    {
        FluentActions.Invoking(() => PngImage.EncodeGrey(new byte[5], 2, 3)).Should().Throw<ArgumentException>()
            .WithMessage("An image expects 2x3 = 6 pixel values, got 5.*");
        FluentActions.Invoking(() => PngImage.EncodeRgb(new byte[6], 2, 3)).Should().Throw<ArgumentException>()
            .WithMessage("An image expects 2x3x3 = 18 pixel values, got 6.*");
        FluentActions.Invoking(() => PngImage.EncodeGrey([], 0, 3)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("height must be at least 1; got 0.*");
    }
}
