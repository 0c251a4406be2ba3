namespace NeuralNet;

/// <summary>How values are distributed, such as the weights or the activations of each layer: small histograms side by side, drawn as an SVG picture.</summary>
/// <remarks>
/// Each panel has its own scales and says mean, standard deviation (of the population) and the number of values. Bins are of equal width between the
/// least value and the greatest, as many as Freedman and Diaconis' rule gives, from 8 to 40, or <see cref="Bins"/>. Values that have no place (NaN, infinite,
/// beyond ±1e300) are counted and named. Exact zeros, where they are more than 10 % among other values (behind a Relu, say), are named and left out of the bars.
/// </remarks>
public sealed class Histogram : IChart
{
    private const double PanelWidth = 212, PanelHeight = 96, GapX = 32, Head = 58, Foot = 34, Margin = 20;

    /// <summary>Somewhat more than there is room for: digits and small letters are narrower than the estimate of a text's length has them.</summary>
    private const double NotesWidth = 1.2 * (PanelWidth + GapX);
    private const double TitleSize = 16, NameSize = 12, TextSize = 11;

    private readonly string title;
    private readonly List<HistogramPanel> panels = [];

    /// <summary>Creates a picture without panels.</summary>
    /// <param name="title">The title; an empty one takes no room.</param>
    public Histogram(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        this.title = title;
    }

    /// <summary>The greatest number of panels side by side, at least 1. The default is 4.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Columns { get; init => field = Guard.AtLeast(1, value, nameof(Columns)); } = 4;

    /// <summary>The number of bins, from 0 to 200. The default, 0, chooses it by Freedman and Diaconis' rule for each panel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int Bins { get; init => field = Guard.InRange(value, value is >= 0 and <= 200, "in [0, 200]", nameof(Bins)); }

    /// <summary>Adds a panel.</summary>
    /// <param name="name">What the values are, such as <c>0.weight</c>; one that is too long is cut in the picture.</param>
    /// <param name="values">The values, in any order; counted now and not kept.</param>
    /// <returns>This histogram.</returns>
    public Histogram Add(string name, ReadOnlySpan<double> values) => AddValues(name, values);

    /// <inheritdoc cref="Add(string, ReadOnlySpan{double})"/>
    public Histogram Add(string name, ReadOnlySpan<float> values) => AddValues(name, values);

    /// <summary>Draws the panels.</summary>
    /// <returns>A complete SVG document, the same for the same data on every machine.</returns>
    public string ToSvg()
    {
        int columns = Math.Clamp(panels.Count, 1, Columns), rows = Math.Max(1, (panels.Count + columns - 1) / columns);
        double width = Math.Max((2 * Margin) + (columns * (PanelWidth + GapX)) - GapX, (2 * Margin) + SvgWriter.TextWidth(title, TitleSize));
        double top = title.Length > 0 ? 44 : 10, rowHeight = Head + PanelHeight + Foot;
        var svg = new SvgWriter(width, top + (rows * rowHeight) + 6, title);
        svg.Rectangle(0, 0, width, top + (rows * rowHeight) + 6, $"class='paper' fill='{Palette.Paper}'");
        if (title.Length > 0)
            svg.Text(Margin, 28, title, TitleSize, $"class='title' font-weight='bold' fill='{Palette.Ink}'");
        if (panels.Count == 0)
            svg.Text(Margin, top + Head, "no data", NameSize, $"class='remark' fill='{Palette.Muted}'");
        foreach ((int index, HistogramPanel panel) in panels.Index())
            Draw(svg, panel, Margin + (index % columns * (PanelWidth + GapX)), top + (index / columns * rowHeight) + Head);
        return svg.Finish();
    }

    /// <summary>Adds a panel of values of either precision.</summary>
    internal Histogram AddValues<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(name);
        panels.Add(HistogramPanel.Of(name, values, Bins));
        return this;
    }

    private static void Draw(SvgWriter svg, HistogramPanel panel, double left, double top)
    {
        double bottom = top + PanelHeight;
        svg.BeginGroup("class='panel'", $"{panel.Name}: {panel.Statistics}, {panel.Notes}");
        svg.Text(left, top - 40, SvgWriter.Fitted(panel.Name, NameSize, PanelWidth + (GapX / 2)), NameSize, $"class='name' font-weight='bold' fill='{Palette.Ink}'");
        svg.Text(left, top - 24, panel.Statistics, TextSize, $"class='statistics' fill='{Palette.Ink}'");
        string ink = panel.IsBroken ? $"fill='{Palette.Color(1)}' font-weight='bold'" : $"fill='{Palette.Muted}'";
        svg.Text(left, top - 9, SvgWriter.Fitted(panel.Notes, TextSize, NotesWidth), TextSize, $"class='notes' {ink}");

        long most = panel.Bins.Max();
        if (most > 0)
        {
            foreach (Tick tick in panel.Axis.Marks)
            {
                double at = left + (panel.Axis.Share(tick.Value) * PanelWidth);
                svg.Line(at, top, at, bottom + 4, $"class='grid' stroke='{Palette.Grid}'");
                svg.Text(at, bottom + 17, tick.Label, TextSize, $"class='tick-x' text-anchor='middle' fill='{Palette.Muted}'");
            }

            double width = PanelWidth / panel.Bins.Length;
            svg.BeginGroup($"class='bars' fill='{Palette.Color(0)}'");
            foreach ((int bin, long count) in panel.Bins.Index().Where(bin => bin.Item > 0))
            {
                // A bin with anything in it is seen, however high the others are.
                double height = Math.Max(0.75, (double)count / most * PanelHeight);
                svg.Rectangle(left + (bin * width), bottom - height, Math.Max(0.5, width - 0.75), height);
            }

            svg.EndGroup();
        }

        svg.Line(left, bottom, left + PanelWidth, bottom, $"class='base' stroke='{Palette.Frame}'");
        svg.EndGroup();
    }
}
