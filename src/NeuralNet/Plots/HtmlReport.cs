using System.Globalization;
using System.Text;

namespace NeuralNet;

/// <summary>One self-contained HTML page of figures, texts, tables, charts and images: no script, no font, no picture and no style from outside.</summary>
/// <remarks>
/// What is added stands in the order in which it was added; charts and images that follow each other stand side by side where there is room. All texts are escaped.
/// The page is light or dark as the reader's screen is, prints on white paper, and may be sent as a single file.
/// </remarks>
public sealed class HtmlReport
{
    private readonly string title;
    private readonly StringBuilder body = new();
    private readonly List<string> sections = [];
    private bool isFlowing;
    private bool isInDetails;

    /// <summary>Creates a report that has only a title.</summary>
    /// <param name="title">The title.</param>
    public HtmlReport(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        this.title = title;
    }

    /// <summary>Adds key figures as cards: a short name, and the value in large type.</summary>
    /// <param name="figures">Names and values; without any nothing is added.</param>
    /// <returns>This report.</returns>
    public HtmlReport Figures(IEnumerable<(string Name, string Value)> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        (string Name, string Value)[] cards = [.. figures];
        if (cards.Length == 0)
            return this;
        EndFlow();
        body.Append("<dl class=\"cards\">\n");
        foreach ((string name, string value) in cards)
            body.Append(CultureInfo.InvariantCulture, $"<div><dt>{Escape(name)}</dt><dd>{Escape(value)}</dd></div>\n");
        body.Append("</dl>\n");
        return this;
    }

    /// <summary>Begins a section, which holds what is added from now on until the next one.</summary>
    /// <param name="heading">Its heading.</param>
    /// <returns>This report.</returns>
    /// <exception cref="InvalidOperationException">It is called for the content of <see cref="Details"/>.</exception>
    public HtmlReport Section(string heading)
    {
        ArgumentNullException.ThrowIfNull(heading);
        if (isInDetails)
            throw new InvalidOperationException($"The section \"{heading}\" cannot begin within details: begin it behind them.");
        EndSection();
        sections.Add(heading);
        body.Append(CultureInfo.InvariantCulture, $"<section id=\"section-{sections.Count}\">\n<h2>{Escape(heading)}</h2>\n");
        return this;
    }

    /// <summary>Adds a chart.</summary>
    /// <param name="chart">The chart; drawn now.</param>
    /// <param name="caption">A text below it; an empty one takes no room.</param>
    /// <returns>This report.</returns>
    public HtmlReport Add(IChart chart, string caption = "")
    {
        ArgumentNullException.ThrowIfNull(chart);
        return Figure(chart.ToSvg(), caption);
    }

    /// <summary>Adds a grid of images.</summary>
    /// <param name="images">The images, at least one; drawn now.</param>
    /// <param name="caption">What they are: the text below them, and in their place for readers who do not see them.</param>
    /// <returns>This report.</returns>
    /// <exception cref="InvalidOperationException">There is no image.</exception>
    public HtmlReport Add(ImageGrid images, string caption)
    {
        ArgumentNullException.ThrowIfNull(images);
        return Png(images.ToPng(), caption);
    }

    /// <summary>Adds a picture.</summary>
    /// <param name="png">The bytes of a PNG file.</param>
    /// <param name="caption">What it is: the text below it, and in its place for readers who do not see it.</param>
    /// <returns>This report.</returns>
    public HtmlReport Png(ReadOnlySpan<byte> png, string caption)
    {
        ArgumentNullException.ThrowIfNull(caption);
        return Figure($"<img alt=\"{Escape(caption)}\" src=\"data:image/png;base64,{Convert.ToBase64String(png)}\">\n", caption);
    }

    /// <summary>Adds a table.</summary>
    /// <param name="heads">What stands above each column; empty for a table without heads.</param>
    /// <param name="rows">The cells, row by row. A column of numbers alone is set to the right.</param>
    /// <returns>This report.</returns>
    public HtmlReport Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(heads);
        ArgumentNullException.ThrowIfNull(rows);
        IReadOnlyList<string>[] cells = [.. rows];
        bool[] isNumber = [.. Enumerable.Range(0, cells.Select(row => row.Count).DefaultIfEmpty().Max()).Select(column =>
            heads.Count > 0 && cells.All(row => column >= row.Count || IsNumber(row[column])))];
        EndFlow();
        body.Append("<div class=\"wide\"><table>\n");
        if (heads.Count > 0)
            AppendRow(heads, "th scope=\"col\"", "th");
        foreach (IReadOnlyList<string> row in cells)
            AppendRow(row, "td", "td");
        body.Append("</table></div>\n");
        return this;

        void AppendRow(IReadOnlyList<string> row, string open, string close)
        {
            body.Append("<tr>");
            foreach ((int column, string cell) in row.Index())
            {
                string number = column < isNumber.Length && isNumber[column] ? " class=\"number\"" : string.Empty;
                body.Append(CultureInfo.InvariantCulture, $"<{open}{number}>{Escape(cell)}</{close}>");
            }

            body.Append("</tr>\n");
        }
    }

    /// <summary>Adds a table of names and values, such as the settings of a run.</summary>
    /// <param name="rows">The names and values.</param>
    /// <returns>This report.</returns>
    public HtmlReport Table(IEnumerable<(string Name, string Value)> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Table([], rows.Select(row => (IReadOnlyList<string>)[row.Name, row.Value]));
    }

    /// <summary>Adds a paragraph.</summary>
    /// <param name="text">Its text.</param>
    /// <returns>This report.</returns>
    public HtmlReport Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        EndFlow();
        body.Append(CultureInfo.InvariantCulture, $"<p>{Escape(text)}</p>\n");
        return this;
    }

    /// <summary>Adds text as it stands, in letters of one width: a network's summary, the output of a program.</summary>
    /// <param name="text">The text, with its line breaks.</param>
    /// <returns>This report.</returns>
    public HtmlReport Preformatted(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        EndFlow();
        IEnumerable<string> lines = text.ReplaceLineEndings("\n").Replace("\t", "    ", StringComparison.Ordinal).Split('\n').Select(Escape);

        // A line break directly behind the tag is no content, so that the text may begin with one of its own.
        body.Append(CultureInfo.InvariantCulture, $"<pre>\n{string.Join('\n', lines)}</pre>\n");
        return this;
    }

    /// <summary>Adds something that is folded away until the reader asks for it; paper shows it.</summary>
    /// <param name="summary">The line that is always shown.</param>
    /// <param name="content">Adds the content to this report; it may add all but a section.</param>
    /// <returns>This report.</returns>
    public HtmlReport Details(string summary, Action<HtmlReport> content)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(content);
        EndFlow();
        body.Append(CultureInfo.InvariantCulture, $"<details>\n<summary>{Escape(summary)}</summary>\n");
        (bool wasInDetails, isInDetails) = (isInDetails, true);
        content(this);
        EndFlow();
        isInDetails = wasInDetails;
        body.Append("</details>\n");
        return this;
    }

    /// <summary>The page.</summary>
    /// <returns>A complete HTML 5 document, the same for the same content on every machine; write it to a file in UTF-8.</returns>
    public string ToHtml()
    {
        string links = string.Concat(sections.Select((heading, index) => $"<a href=\"#section-{Guard.Number(index + 1)}\">{Escape(heading)}</a>\n"));
        string ends = (isFlowing ? "</div>\n" : string.Empty) + (sections.Count > 0 ? "</section>\n" : string.Empty);

        // The policy makes the promise good: whatever a chart may hold, the page loads nothing and runs nothing.
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <title>{Escape(title)}</title>
            <style>
            {HtmlStyle.Css}</style>
            </head>
            <body>
            <main>
            <h1>{Escape(title)}</h1>
            {(sections.Count > 1 ? $"<nav>\n{links}</nav>\n" : string.Empty)}{body}{ends}</main>
            </body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    private static string Escape(string text) => SvgWriter.Escape(text);

    private static bool IsNumber(string cell) =>
        cell.Length == 0 || double.TryParse(cell.Replace('\u2212', '-').Replace('e', 'E').TrimEnd('%', ' '), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _);

    private HtmlReport Figure(string content, string caption)
    {
        ArgumentNullException.ThrowIfNull(caption);
        if (!isFlowing)
            body.Append("<div class=\"flow\">\n");
        isFlowing = true;
        body.Append(CultureInfo.InvariantCulture, $"<figure>\n{content}");
        if (caption.Length > 0)
            body.Append(CultureInfo.InvariantCulture, $"<figcaption>{Escape(caption)}</figcaption>\n");
        body.Append("</figure>\n");
        return this;
    }

    private void EndFlow()
    {
        if (isFlowing)
            body.Append("</div>\n");
        isFlowing = false;
    }

    private void EndSection()
    {
        EndFlow();
        if (sections.Count > 0)
            body.Append("</section>\n");
    }
}
