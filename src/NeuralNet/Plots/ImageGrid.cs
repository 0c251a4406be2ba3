namespace NeuralNet;

/// <summary>Small images of one size, grey or in colour, in rows and columns, each with a caption below, drawn as a PNG picture.</summary>
/// <remarks>
/// Each pixel becomes a square of <see cref="Scale"/> x <see cref="Scale"/>. Captions are written in a built-in font that has the printable characters
/// of ASCII; any other character is drawn as a box.
/// </remarks>
public sealed class ImageGrid
{
    private const byte Paper = 255, Ink = 34, Border = 200;
    private const int Padding = 20, CaptionGap = 7, LetterScale = 2, GoodSize = 84;

    private readonly int height;
    private readonly int width;
    private readonly int channels;
    private readonly List<(byte[] Pixels, string Caption)> images = [];

    /// <summary>Creates a grid without images.</summary>
    /// <param name="height">The height of every image in pixels, at least 1.</param>
    /// <param name="width">The width of every image in pixels, at least 1.</param>
    /// <param name="channels">1 for grey images (the default), 3 for red, green and blue.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is less than 1, or there are neither 1 nor 3 channels.</exception>
    public ImageGrid(int height, int width, int channels = 1)
    {
        this.channels = Guard.InRange(channels, channels is 1 or 3, "1 or 3", nameof(channels));
        this.height = Guard.AtLeast(1, height, nameof(height));
        this.width = Guard.AtLeast(1, width, nameof(width));
        Scale = Math.Max(1, GoodSize / Math.Max(height, width));
    }

    /// <summary>The greatest number of images side by side, at least 1. The default is 10.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Columns { get; init => field = Guard.AtLeast(1, value, nameof(Columns)); } = 10;

    /// <summary>How many times as wide and as high the images are drawn, at least 1. By default so that their longer side has about 84 pixels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Scale { get; init => field = Guard.AtLeast(1, value, nameof(Scale)); }

    private Shape ImageShape => channels == 1 ? new Shape(height, width) : new Shape(channels, height, width);

    /// <summary>Adds an image of bytes.</summary>
    /// <param name="pixels">height x width values for each channel, row after row from the top, one channel after the other, copied; 0 is black, 255 is full light.</param>
    /// <param name="caption">A short text below the image, such as <c>9 not 4</c>; a line break begins a new line.</param>
    /// <returns>This grid.</returns>
    /// <exception cref="ArgumentException">There are not channels x height x width pixels.</exception>
    public ImageGrid Add(ReadOnlySpan<byte> pixels, string caption = "")
    {
        ArgumentNullException.ThrowIfNull(caption);
        Guard.Pixels(pixels.Length, ImageShape);
        images.Add((pixels.ToArray(), caption));
        return this;
    }

    /// <summary>Adds an image of numbers from 0 to 1.</summary>
    /// <param name="pixels">height x width values in [0, 1] for each channel, row after row from the top, one channel after the other, copied; 0 is black, 1 is full light.</param>
    /// <param name="caption">A short text below the image, such as <c>9 not 4</c>; a line break begins a new line.</param>
    /// <returns>This grid.</returns>
    /// <exception cref="ArgumentException">There are not channels x height x width pixels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A pixel is outside [0, 1] or NaN.</exception>
    public ImageGrid Add(ReadOnlySpan<double> pixels, string caption = "") => AddShares(pixels, caption);

    /// <inheritdoc cref="Add(ReadOnlySpan{double}, string)"/>
    public ImageGrid Add(ReadOnlySpan<float> pixels, string caption = "") => AddShares(pixels, caption);

    /// <summary>Draws the grid.</summary>
    /// <returns>The bytes of a PNG file, 8 bits a channel.</returns>
    /// <exception cref="InvalidOperationException">There is no image, or the picture would not fit into one array.</exception>
    public byte[] ToPng()
    {
        int columns = Math.Min(Columns, images.Count), rows = (images.Count + Columns - 1) / Columns;
        string[][] captions = [.. images.Select(image => image.Caption.Length == 0 ? [] : image.Caption.ReplaceLineEndings("\n").Split('\n'))];
        int lines = captions.Select(caption => caption.Length).DefaultIfEmpty().Max();
        int letters = captions.SelectMany(caption => caption).Select(line => line.Length).DefaultIfEmpty().Max();

        long cellWidth = Math.Max((long)width * Scale, BitmapFont.Width(letters) * LetterScale) + Padding;
        long cellHeight = ((long)height * Scale) + (lines == 0 ? 0 : CaptionGap + (BitmapFont.LinesHeight(lines) * LetterScale)) + Padding;
        long pictureWidth = (columns * cellWidth) + Padding, pictureHeight = (rows * cellHeight) + Padding;
        Guard.Drawable(images.Count, pictureHeight, pictureWidth, channels);

        var picture = new byte[pictureHeight * pictureWidth * channels];
        picture.AsSpan().Fill(Paper);
        foreach ((int index, (byte[] pixels, _)) in images.Index())
        {
            (int row, int column) = Math.DivRem(index, Columns);
            int top = Padding + (int)(row * cellHeight), center = (int)((column * cellWidth) + ((cellWidth + Padding) / 2));
            DrawImage(picture, (int)pictureWidth, top, center - (width * Scale / 2), pixels);
            DrawCaption(picture, (int)pictureWidth, top + (height * Scale) + CaptionGap, center, captions[index]);
        }

        return channels == 1
            ? PngImage.EncodeGrey(picture, (int)pictureHeight, (int)pictureWidth)
            : PngImage.EncodeRgb(picture, (int)pictureHeight, (int)pictureWidth);
    }

    private ImageGrid AddShares<T>(ReadOnlySpan<T> pixels, string caption)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Pixels(pixels.Length, ImageShape);
        var bytes = new byte[pixels.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            Guard.InRange(pixels[i], pixels[i] >= T.Zero && pixels[i] <= T.One, "in [0, 1]", nameof(pixels));
            bytes[i] = (byte)Math.Round(255 * double.CreateChecked(pixels[i]));
        }

        return Add(bytes, caption);
    }

    /// <summary>Enlarges by repetition, within a border of one pixel that holds light images together on white paper.</summary>
    private void DrawImage(byte[] picture, int pictureWidth, int top, int left, byte[] pixels)
    {
        for (int y = -1; y <= height * Scale; y++)
        {
            Span<byte> row = picture.AsSpan((((top + y) * pictureWidth) + left - 1) * channels, ((width * Scale) + 2) * channels);
            row.Fill(Border);
            if (y < 0 || y == height * Scale)
                continue;
            for (int x = 0; x < width * Scale; x++)
            {
                for (int channel = 0; channel < channels; channel++)
                    row[((x + 1) * channels) + channel] = pixels[(((channel * height) + (y / Scale)) * width) + (x / Scale)];
            }
        }
    }

    private void DrawCaption(byte[] picture, int pictureWidth, int top, int center, string[] lines)
    {
        foreach ((int index, string line) in lines.Index())
        {
            int left = center - (BitmapFont.Width(line.Length) * LetterScale / 2), lineTop = top + (index * BitmapFont.LineHeight * LetterScale);
            for (int y = 0; y < BitmapFont.Height * LetterScale; y++)
            {
                for (int x = 0; x < BitmapFont.Width(line.Length) * LetterScale; x++)
                {
                    if (BitmapFont.IsInk(line, x / LetterScale, y / LetterScale))
                        picture.AsSpan((((lineTop + y) * pictureWidth) + left + x) * channels, channels).Fill(Ink);
                }
            }
        }
    }
}
