namespace NeuralNet.Tests.Plots;

public class ImageGridTests
{
    private const int Padding = 20;

    // 2 x 2 images at scale 3 without captions: cells of 26 with a padding of 20 before the first.
    [Fact]
    public void Pixels_become_squares_row_by_row()
    {
        ImageGrid grid = new ImageGrid(2, 2) { Scale = 3, Columns = 2 }
            .Add((byte[])[10, 20, 30, 40]).Add((byte[])[50, 60, 70, 80]).Add([0.0, 0.2, 0.4, 1.0]);
        var image = new PngFile(grid.ToPng());

        (image.Height, image.Width).Should().Be((Padding + (2 * 26), Padding + (2 * 26)));
        byte[][] expected = [[10, 20, 30, 40], [50, 60, 70, 80], [0, 51, 102, 255]];
        for (int i = 0; i < 3; i++)
        {
            int top = Padding + (i / 2 * 26), left = Padding + (i % 2 * 26);
            for (int y = 0; y < 6; y++)
            {
                for (int x = 0; x < 6; x++)
                    image[top + y, left + x].Should().Be(expected[i][(y / 3 * 2) + (x / 3)]);
            }

            image[top - 1, left].Should().Be(200);
            image[top + 6, left + 6].Should().Be(200);
            image[top - 2, left].Should().Be(255);
        }

        image[Padding + 26, Padding + 26].Should().Be(255, "the fourth cell is empty");
    }

    // The letter L, 5 x 7 dots of 2 x 2, is a column and a foot; it stands below the image, centred: 10 wide in a cell of 12.
    [Fact]
    public void A_caption_stands_below_its_image()
    {
        var image = new PngFile(new ImageGrid(4, 4) { Scale = 3 }.Add(new byte[16], "L").ToPng());

        int top = Padding + 12 + 7, left = Padding + 1;
        for (int y = 0; y < 14; y++)
        {
            for (int x = 0; x < 10; x++)
                image[top + y, left + x].Should().Be((byte)(x < 2 || y >= 12 ? 34 : 255), $"of the dot ({x}, {y})");
        }

        image.Height.Should().Be(top + 14 + Padding);
    }

    [Fact]
    public void A_cell_is_as_wide_as_the_longest_caption_line_and_as_high_as_the_most_lines()
    {
        // 10 letters of 6 dots less one, 2 pixels each: 118; two lines: 11 + 7 dots.
        var image = new PngFile(new ImageGrid(4, 4) { Scale = 1 }.Add(new byte[16], "a\r\n0123456789").Add(new byte[16], "b").ToPng());

        image.Width.Should().Be((3 * Padding) + (2 * 118));
        image.Height.Should().Be((2 * Padding) + 4 + 7 + 36);
    }

    [Fact]
    public void Floats_and_doubles_are_rounded_to_the_nearest_byte()
    {
        byte[] floats = new ImageGrid(1, 2).Add([0.5f, 1f]).ToPng(), doubles = new ImageGrid(1, 2).Add([0.5, 1.0]).ToPng();

        floats.Should().Equal(doubles);
        new PngFile(doubles)[Padding, Padding].Should().Be(128);
    }

    // Two pixels, red and blue, given as planes: 255 0, 0 0, 0 255.
    [Fact]
    public void Three_channels_are_planes_of_red_green_and_blue()
    {
        var image = new PngFile(new ImageGrid(1, 2, channels: 3) { Scale = 2 }.Add((byte[])[255, 0, 0, 0, 0, 255], "a").Add([1.0, 0, 0, 0, 0, 1]).ToPng());

        image.Channels.Should().Be(3);
        foreach (int cell in (int[])[0, image.Width / 2])
        {
            int left = Enumerable.Range(cell, image.Width).First(x => Color(x) == (255, 0, 0));
            Color(left - 1).Should().Be((200, 200, 200));
            Color(left + 1).Should().Be((255, 0, 0));
            Color(left + 2).Should().Be((0, 0, 255));
            Color(left + 3).Should().Be((0, 0, 255));
            Color(left + 4).Should().Be((200, 200, 200));
        }

        (byte, byte, byte) Color(int x)
        {
            int at = ((Padding * image.Width) + x) * 3;
            return (image.Pixels[at], image.Pixels[at + 1], image.Pixels[at + 2]);
        }
    }

    [Theory]
    [InlineData(8, 10)]
    [InlineData(28, 3)]
    [InlineData(500, 1)]
    public void The_scale_suits_the_size(int side, int scale) => new ImageGrid(side, side).Scale.Should().Be(scale);

    [Fact]
    public void Every_printable_character_has_its_own_shape()
    {
        string[] shapes = [.. Enumerable.Range(' ', 95).Append('é').Select(code => Shape((char)code))];

        shapes.Should().OnlyHaveUniqueItems();
        shapes[0].Should().NotContain("#");
        shapes[^1].Should().StartWith("##### #...# #...# #...# #...# #...# #####");
        Shape('7').Should().StartWith("##### ....# ...#. ..#.. .#... .#... .#... .....");
    }

    [Fact]
    public void Wrong_arguments_are_refused_in_words()
    {
        FluentActions.Invoking(() => new ImageGrid(2, 2).Add(new byte[3])).Should().Throw<ArgumentException>()
            .WithMessage("An image expects 2x2 = 4 pixel values, got 3.*");
        FluentActions.Invoking(() => new ImageGrid(1, 2).Add([0.5, 1.5])).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("pixels must be in [0, 1]; got 1.5.*");
        FluentActions.Invoking(() => new ImageGrid(1, 1).Add([double.NaN])).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new ImageGrid(0, 1)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("height must be at least 1; got 0.*");
        FluentActions.Invoking(() => new ImageGrid(1, 1, 2)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("channels must be 1 or 3; got 2.*");
        FluentActions.Invoking(() => new ImageGrid(2, 2, 3).Add(new byte[4])).Should().Throw<ArgumentException>()
            .WithMessage("An image expects 3x2x2 = 12 pixel values, got 4.*");
        FluentActions.Invoking(() => new ImageGrid(1, 1) { Columns = 0 }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new ImageGrid(1, 1).ToPng()).Should().Throw<InvalidOperationException>()
            .WithMessage("An image grid needs at least one image: call Add first.");
        FluentActions.Invoking(() => new ImageGrid(1, 1) { Scale = 100_000 }.Add(new byte[1]).ToPng()).Should().Throw<InvalidOperationException>()
            .WithMessage("A picture of 100040 x 100040 pixels does not fit into one array.*");
    }

    private static string Shape(char letter) => string.Join(' ', Enumerable.Range(0, BitmapFont.Height).Select(y =>
        string.Concat(Enumerable.Range(0, 5).Select(x => BitmapFont.IsInk(letter.ToString(), x, y) ? '#' : '.'))));
}
