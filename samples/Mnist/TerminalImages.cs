using System.Text;

namespace NeuralNet.Samples.Mnist;

/// <summary>Small grey images in characters, side by side. A character is half as wide as it is high, so a pixel is two of them, or two pixels above each other are one.</summary>
internal static class TerminalImages
{
    private const string Shades = " ░▒▓█";
    private const int LineWidth = 100;
    private const int Gap = 2;

    public static string Draw(IReadOnlyList<Mistake> images, int height, int width)
    {
        bool isSmall = width <= 16;
        int cellWidth = isSmall ? 2 * width : width;
        var text = new StringBuilder();
        foreach (Mistake[] row in images.Chunk(Math.Max(1, LineWidth / (cellWidth + Gap))))
        {
            for (int y = 0; y < height; y += isSmall ? 1 : 2)
                text.AppendLine(string.Join(new string(' ', Gap), row.Select(image => Line(image.Pixels, y, height, width, isSmall))).TrimEnd());
            text.AppendLine(string.Join(new string(' ', Gap), row.Select(image => $"{image} ({image.Confidence:0%})".PadRight(cellWidth))).TrimEnd());
        }

        return text.ToString().TrimEnd();
    }

    private static string Line(float[] pixels, int y, int height, int width, bool isSmall)
    {
        var line = new StringBuilder();
        for (int x = 0; x < width; x++)
        {
            float upper = pixels[(y * width) + x];
            if (isSmall)
                line.Append(Shade(upper), 2);
            else
                line.Append(Shade((upper + (y + 1 < height ? pixels[((y + 1) * width) + x] : 0)) / 2));
        }

        return line.ToString();
    }

    private static char Shade(float brightness) => Shades[(int)Math.Round(Math.Clamp(brightness, 0, 1) * (Shades.Length - 1))];
}
