namespace NeuralNet;

/// <summary>What all charts have around their data: title, legend, grid, ticks and labels, and the map from values to pixels.</summary>
/// <remarks>The plot area has the size that is asked for; the document grows by what the texts around it need, so a legend never covers data.</remarks>
internal sealed class ChartFrame
{
    private const double TitleSize = 16, TextSize = 13, TickSize = 12, RowHeight = 20, EntryGap = 20;

    private readonly double width;
    private readonly double height;
    private readonly Axis x;
    private readonly Axis y;
    private readonly double left;
    private readonly double top;
    private readonly (string Title, string X, string Y) texts;
    private readonly List<List<string>> title;
    private readonly List<List<LegendEntry>> legend;

    public ChartFrame((string Title, string X, string Y) texts, Axis x, Axis y, double width, double height, IEnumerable<LegendEntry> entries)
    {
        (this.texts, this.x, this.y, this.width, this.height) = (texts, x, y, width, height);
        title = Rows(texts.Title.Split(' ', StringSplitOptions.RemoveEmptyEntries), WordWidth);
        legend = Rows(entries, EntryWidth);

        double labels = y.Marks.Max(tick => SvgWriter.TextWidth(tick.Label, TickSize));
        left = Math.Round(18 + (texts.Y.Length > 0 ? RowHeight : 0) + labels);
        top = 20 + (title.Count * RowHeight) + (legend.Count * RowHeight) + (title.Count + legend.Count > 0 ? 4 : 0);
    }

    public double X(double value) => left + (x.Share(value) * width);

    public double Y(double value) => top + ((1 - y.Share(value)) * height);

    /// <summary>Writes everything but the data, which then comes on top.</summary>
    public SvgWriter Begin()
    {
        double widest = title.Select(row => row.Sum(WordWidth)).Concat(legend.Select(row => row.Sum(EntryWidth))).DefaultIfEmpty().Max();
        double right = left + Math.Max(width + 28, widest + 8), bottom = top + height + 34 + (texts.X.Length > 0 ? RowHeight : 0);
        var svg = new SvgWriter(right, bottom, texts.Title);
        svg.Rectangle(0, 0, right, bottom, $"class='paper' fill='{Palette.Paper}'");

        double row = 12;
        foreach (List<string> words in title)
            svg.Text(left, (row += RowHeight) - 4, string.Join(' ', words), TitleSize, $"class='title' font-weight='bold' fill='{Palette.Ink}'");
        foreach (List<LegendEntry> entries in legend)
        {
            double at = left;
            row += RowHeight;
            foreach (LegendEntry entry in entries)
            {
                entry.Symbol(svg, at, row - 4);
                svg.Text(at + LegendEntry.SymbolWidth + 6, row, entry.Name, TextSize, $"class='legend' fill='{Palette.Ink}'");
                at += EntryWidth(entry);
            }
        }

        DrawAxes(svg);
        return svg;
    }

    /// <summary>A remark in the middle of the plot area.</summary>
    public void Remark(SvgWriter svg, string text) =>
        svg.Text(left + (width / 2), top + (height / 2), text, TextSize, $"class='remark' text-anchor='middle' fill='{Palette.Muted}'");

    private void DrawAxes(SvgWriter svg)
    {
        double bottom = top + height;
        foreach (Tick tick in x.Marks)
        {
            double at = X(tick.Value);
            svg.Line(at, top, at, bottom, $"class='grid' stroke='{Palette.Grid}'");
            svg.Text(at, bottom + 18, tick.Label, TickSize, $"class='tick-x' text-anchor='middle' fill='{Palette.Muted}'");
        }

        foreach (Tick tick in y.Marks)
        {
            double at = Y(tick.Value);
            svg.Line(left, at, left + width, at, $"class='grid' stroke='{Palette.Grid}'");
            svg.Text(left - 8, at + 4, tick.Label, TickSize, $"class='tick-y' text-anchor='end' fill='{Palette.Muted}'");
        }

        svg.Rectangle(left, top, width, height, $"class='plot' fill='none' stroke='{Palette.Frame}'");
        if (texts.X.Length > 0)
            svg.Text(left + (width / 2), bottom + 40, texts.X, TextSize, $"class='label-x' text-anchor='middle' fill='{Palette.Ink}'");
        if (texts.Y.Length > 0)
            svg.UprightText(20, top + (height / 2), texts.Y, TextSize, $"class='label-y' text-anchor='middle' fill='{Palette.Ink}'");
    }

    /// <summary>Fills rows from left to right; an item that alone is wider than the plot has a row for itself.</summary>
    private List<List<T>> Rows<T>(IEnumerable<T> items, Func<T, double> measure)
    {
        var rows = new List<List<T>>();
        double used = double.PositiveInfinity;
        foreach (T item in items)
        {
            double needed = measure(item);
            if (used + needed > width)
            {
                rows.Add([]);
                used = 0;
            }

            rows[^1].Add(item);
            used += needed;
        }

        return rows;
    }

    private static double WordWidth(string word) => SvgWriter.TextWidth(word + " ", TitleSize);

    private static double EntryWidth(LegendEntry entry) => LegendEntry.SymbolWidth + 6 + SvgWriter.TextWidth(entry.Name, TextSize) + EntryGap;
}
