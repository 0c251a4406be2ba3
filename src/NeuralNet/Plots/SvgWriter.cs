using System.Globalization;
using System.Text;

namespace NeuralNet;

/// <summary>Writes one self-contained SVG document: the shapes that charts are made of, invariant numbers, escaped text.</summary>
/// <remarks>The <c>style</c> of a shape is further attributes as they stand in the file; only <c>content</c> comes from outside and is escaped.</remarks>
internal sealed class SvgWriter
{
    private readonly StringBuilder document = new();

    public SvgWriter(double width, double height, string title)
    {
        string w = Number(width), h = Number(height);
        document.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}"
                role="img" font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif">
            <title>{Escape(title)}</title>

            """);
    }

    /// <summary>An estimate, rather too wide than too narrow, of the length of a text in an unknown sans-serif font.</summary>
    public static double TextWidth(string content, double size) =>
        content.EnumerateRunes().Sum(rune => rune.Value < 0x1100 ? 0.6 : 1.05) * size;

    public static string Number(double value) => (Math.Round(value, 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture);

    public void Rectangle(double x, double y, double width, double height, string style = "") =>
        Write($"""<rect x="{Number(x)}" y="{Number(y)}" width="{Number(width)}" height="{Number(height)}"{(style.Length > 0 ? " " : string.Empty)}{style}/>""");

    public void Line(double x1, double y1, double x2, double y2, string style) =>
        Write($"""<line x1="{Number(x1)}" y1="{Number(y1)}" x2="{Number(x2)}" y2="{Number(y2)}" {style}/>""");

    public void Circle(double x, double y, double radius, string style) =>
        Write($"""<circle cx="{Number(x)}" cy="{Number(y)}" r="{Number(radius)}" {style}/>""");

    public void Polyline(IEnumerable<(double X, double Y)> points, string style) =>
        Write($"""<polyline points="{string.Join(' ', points.Select(Pair))}" fill="none" stroke-linejoin="round" {style}/>""");

    public void Text(double x, double y, string content, double size, string style) =>
        Write($"""<text x="{Number(x)}" y="{Number(y)}" font-size="{Number(size)}" {style}>{Escape(content)}</text>""");

    /// <summary>A text that reads upwards, turned about its anchor.</summary>
    public void UprightText(double x, double y, string content, double size, string style) =>
        Text(x, y, content, size, $"{style} transform='rotate(-90 {Number(x)} {Number(y)})'");

    /// <summary>Begins a group of shapes that share a style, with a text that is shown when a pointer rests on it.</summary>
    public void BeginGroup(string style, string tip = "") => Write(tip.Length == 0 ? $"<g {style}>" : $"<g {style}><title>{Escape(tip)}</title>");

    public void EndGroup() => Write("</g>");

    public string Finish() => document.Append("</svg>\n").ToString();

    /// <summary>A text no wider than is said; what is cut off is an ellipsis.</summary>
    public static string Fitted(string content, double size, double width)
    {
        if (TextWidth(content, size) <= width)
            return content;
        int length = content.Length;
        while (length > 0 && TextWidth(content[..length] + "\u2026", size) > width)
            length--;
        return content[..length] + "\u2026";
    }

    /// <summary>The text as XML content; what XML cannot hold at all (control characters, half surrogates) becomes U+FFFD.</summary>
    public static string Escape(string content)
    {
        var escaped = new StringBuilder(content.Length);
        foreach (Rune rune in content.EnumerateRunes())
        {
            escaped.Append(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\t' or '\n' or '\r' => " ",
                < 0x20 or 0xFFFE or 0xFFFF => "\uFFFD",
                _ => rune.ToString(),
            });
        }

        return escaped.ToString();
    }

    private static string Pair((double X, double Y) point) => $"{Number(point.X)},{Number(point.Y)}";

    private void Write(string element) => document.Append(element).Append('\n');
}
