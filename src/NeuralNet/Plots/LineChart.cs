namespace NeuralNet;

/// <summary>Lines of numbers over numbers, such as the loss of every epoch, drawn as an SVG picture.</summary>
/// <remarks>
/// The horizontal axis runs from the least x to the greatest, the vertical one between round numbers. Points that have no place (NaN, infinite,
/// beyond ±1e300, not positive on a logarithmic axis) are gaps in the line. Of a long series each column of pixels keeps its extremes.
/// The legend stands above the plot and never covers data.
/// </remarks>
public sealed class LineChart : IChart
{
    /// <summary>Up to so many points of a series each get a dot.</summary>
    private const int MostDots = 40;

    private readonly (string Title, string X, string Y) texts;
    private readonly List<(string Name, (double X, double Y)[] Points)> series = [];
    private readonly List<(string Name, double X, double Y)> marks = [];

    /// <summary>Creates a chart without series.</summary>
    /// <param name="title">The title; an empty one takes no room.</param>
    /// <param name="xLabel">What the horizontal axis shows; may be empty.</param>
    /// <param name="yLabel">What the vertical axis shows; may be empty.</param>
    public LineChart(string title, string xLabel, string yLabel)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(xLabel);
        ArgumentNullException.ThrowIfNull(yLabel);
        texts = (title, xLabel, yLabel);
    }

    /// <summary>The width of the plot area in pixels, at least 100; the texts around it come on top. The default is 640.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 100.</exception>
    public int Width { get; init => field = Guard.AtLeast(100, value, nameof(Width)); } = 640;

    /// <summary>The height of the plot area in pixels, at least 100; the texts around it come on top. The default is 340.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 100.</exception>
    public int Height { get; init => field = Guard.AtLeast(100, value, nameof(Height)); } = 340;

    /// <summary>Whether the vertical axis is logarithmic, so that equal ratios are equally far apart. The default is <see langword="false"/>.</summary>
    public bool LogarithmicY { get; init; }

    /// <summary>Adds a series over 1, 2, 3, ...: one value for each epoch, say.</summary>
    /// <param name="name">Its name in the legend; an empty one has no entry there.</param>
    /// <param name="y">The values, copied; may be empty.</param>
    /// <returns>This chart.</returns>
    public LineChart Add(string name, IReadOnlyList<double> y)
    {
        ArgumentNullException.ThrowIfNull(y);
        return Add(name, [.. Enumerable.Range(1, y.Count).Select(index => (double)index)], y);
    }

    /// <summary>Adds a series.</summary>
    /// <param name="name">Its name in the legend; an empty one has no entry there.</param>
    /// <param name="x">Where the values stand, copied; joined by the line in the order given.</param>
    /// <param name="y">The values, as many as <paramref name="x"/>, copied.</param>
    /// <returns>This chart.</returns>
    /// <exception cref="ArgumentException">There are not as many x as y.</exception>
    public LineChart Add(string name, IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        Guard.Pairs(name, x.Count, y.Count);
        series.Add((name, [.. x.Zip(y)]));
        return this;
    }

    /// <summary>Marks a point, such as the best epoch: a ring, and a dotted line from it down to the axis.</summary>
    /// <param name="name">What it is, in the legend, so that it never covers data: <c>best: 0.0812 at epoch 7</c>; an empty one has no entry there.</param>
    /// <param name="x">Where it stands; a mark without a place is not drawn.</param>
    /// <param name="y">Its value.</param>
    /// <returns>This chart.</returns>
    public LineChart Mark(string name, double x, double y)
    {
        ArgumentNullException.ThrowIfNull(name);
        marks.Add((name, x, y));
        return this;
    }

    /// <summary>Draws the chart.</summary>
    /// <returns>A complete SVG document, the same for the same data on every machine.</returns>
    public string ToSvg()
    {
        (string Name, double X, double Y)[] marked = [.. marks.Where(mark => Shown((mark.X, mark.Y)))];
        (double X, double Y)[] shown = [.. series.SelectMany(one => one.Points).Where(Shown), .. marked.Select(mark => (mark.X, mark.Y))];
        var x = Axis.Tight(shown.Select(point => point.X), Math.Max(Axis.FewestParts, Width / 70));
        var y = Axis.Round(shown.Select(point => point.Y), Math.Max(Axis.FewestParts, Height / 55), LogarithmicY);
        IEnumerable<LegendEntry> lines = series.Index().Where(entry => entry.Item.Name.Length > 0).Select(entry => Entry(entry.Index, entry.Item.Name));
        IEnumerable<LegendEntry> rings = marked.Where(mark => mark.Name.Length > 0).Select(mark => new LegendEntry(mark.Name, (svg, left, middle) =>
            Ring(svg, left + (LegendEntry.SymbolWidth / 2), middle)));
        var frame = new ChartFrame(texts, x, y, Width, Height, lines.Concat(rings));

        SvgWriter svg = frame.Begin();
        foreach ((int index, (_, (double X, double Y)[] points)) in series.Index())
            Draw(svg, frame, index, points);
        foreach ((_, double atX, double atY) in marked)
        {
            svg.Line(frame.X(atX), frame.Y(atY), frame.X(atX), frame.Y(y.Minimum), $"class='mark-line' stroke='{Palette.Ink}' stroke-dasharray='2 3'");
            Ring(svg, frame.X(atX), frame.Y(atY));
        }

        if (shown.Length == 0)
            frame.Remark(svg, "no data");
        return svg.Finish();
    }

    private static LegendEntry Entry(int index, string name) => new(name, (svg, left, middle) =>
        svg.Line(left, middle, left + LegendEntry.SymbolWidth, middle, Palette.Stroke(index)));

    private static void Ring(SvgWriter svg, double x, double y) =>
        svg.Circle(x, y, 5.5, $"class='mark' fill='none' stroke='{Palette.Ink}' stroke-width='1.8'");

    private void Draw(SvgWriter svg, ChartFrame frame, int index, (double X, double Y)[] points)
    {
        var placed = points.Select(point => Shown(point) ? (frame.X(point.X), frame.Y(point.Y)) : ((double, double)?)null);
        foreach (List<(double X, double Y)> run in Polylines.Runs(placed))
        {
            if (run.Count > 1)
                svg.Polyline(Polylines.Thinned(run), $"class='series' {Palette.Stroke(index)}");

            // A point between two gaps has no line to show it.
            if (run.Count > 1 && points.Length > MostDots)
                continue;
            foreach ((double atX, double atY) in run)
                svg.Circle(atX, atY, 3, $"class='point' fill='{Palette.Color(index)}'");
        }
    }

    private bool Shown((double X, double Y) point) => Axis.Shows(point.X) && Axis.Shows(point.Y, LogarithmicY);
}
