namespace NeuralNet;

/// <summary>The contour lines of a function of two variables, with paths over them, such as a gradient descent, drawn as an SVG picture.</summary>
/// <remarks>
/// The function is sampled on a grid and its lines are traced by marching squares. A unit is equally long on both axes, as long as the rectangle's
/// longer side is at most four times the shorter; beyond that the shorter side is drawn as a quarter. Where the function is not finite there are no lines.
/// </remarks>
public sealed class ContourChart : IChart
{
    private const double LongSide = 560;
    private const int ChosenLevels = 12, MostDots = 150;

    /// <summary>Paths leave the palette's blue to the contour lines.</summary>
    private const int FirstColor = 1;

    private readonly (string Title, string X, string Y) texts;
    private readonly Func<double, double, double> function;
    private readonly (double From, double To) x;
    private readonly (double From, double To) y;
    private readonly List<(string Name, (double X, double Y)[] Points)> paths = [];

    /// <summary>Creates a chart of a function over a rectangle.</summary>
    /// <param name="title">The title; an empty one takes no room.</param>
    /// <param name="xLabel">What the horizontal axis shows; may be empty.</param>
    /// <param name="yLabel">What the vertical axis shows; may be empty.</param>
    /// <param name="function">The function of x and y; called by <see cref="ToSvg"/>.</param>
    /// <param name="x">The ends of the horizontal axis.</param>
    /// <param name="y">The ends of the vertical axis.</param>
    /// <exception cref="ArgumentException">An axis does not run from a finite number to a greater one.</exception>
    public ContourChart(
        string title, string xLabel, string yLabel, Func<double, double, double> function, (double From, double To) x, (double From, double To) y)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(xLabel);
        ArgumentNullException.ThrowIfNull(yLabel);
        ArgumentNullException.ThrowIfNull(function);
        Guard.Interval(x.From, x.To, nameof(x));
        Guard.Interval(y.From, y.To, nameof(y));
        (texts, this.function, this.x, this.y) = ((title, xLabel, yLabel), function, x, y);
    }

    /// <summary>The values that have a line. By default (empty) up to eleven are chosen, dense where the function is low.</summary>
    /// <remarks>The chosen ones are quantiles of the samples, of two digits each, so that a bowl has rings at equal distances whatever its heights.</remarks>
    public IReadOnlyList<double> Levels { get; init; } = [];

    /// <summary>The number of samples along each side, from 2 to 2000. The default is 160.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int Samples { get; init => field = Guard.InRange(value, value is >= 2 and <= 2000, "in [2, 2000]", nameof(Samples)); } = 160;

    /// <summary>Adds a path over the lines, its start marked by a ring and its end by a disc; what lies outside the rectangle is cut off.</summary>
    /// <param name="name">Its name in the legend; an empty one has no entry there.</param>
    /// <param name="points">The points in order, copied; points that are not finite are gaps.</param>
    /// <returns>This chart.</returns>
    public ContourChart AddPath(string name, IReadOnlyList<(double X, double Y)> points)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(points);
        paths.Add((name, [.. points]));
        return this;
    }

    /// <summary>Samples the function and draws the chart.</summary>
    /// <returns>A complete SVG document.</returns>
    public string ToSvg()
    {
        double ratio = (y.To - y.From) / (x.To - x.From);
        double width = Math.Round(LongSide * Math.Clamp(1 / ratio, 0.25, 1)), height = Math.Round(LongSide * Math.Clamp(ratio, 0.25, 1));
        var across = Axis.Over(x.From, x.To, Math.Max(Axis.FewestParts, (int)(width / 60)));
        var up = Axis.Over(y.From, y.To, Math.Max(Axis.FewestParts, (int)(height / 50)));
        var frame = new ChartFrame(texts, across, up, width, height, Legend());

        SvgWriter svg = frame.Begin();
        DrawLines(svg, frame);
        foreach ((int index, (_, (double X, double Y)[] points)) in paths.Index())
            DrawPath(svg, frame, index, points);
        return svg.Finish();
    }

    private IEnumerable<LegendEntry> Legend()
    {
        foreach ((int index, (string name, _)) in paths.Index().Where(path => path.Item.Name.Length > 0))
            yield return new(name, (svg, left, middle) => svg.Line(left, middle, left + LegendEntry.SymbolWidth, middle, Palette.Stroke(index + FirstColor)));
        if (paths.Count == 0)
            yield break;
        yield return new("start", (svg, left, middle) => Ring(svg, left + (LegendEntry.SymbolWidth / 2), middle, Palette.Muted));
        yield return new("end", (svg, left, middle) => Disc(svg, left + (LegendEntry.SymbolWidth / 2), middle, Palette.Muted));
    }

    private void DrawLines(SvgWriter svg, ChartFrame frame)
    {
        double[] values = Sample();
        double[] levels = Levels.Count > 0 ? [.. Levels.Where(level => Axis.Shows(level)).Distinct().Order()] : ContourLevels.Choose(values, ChosenLevels);
        var labels = new ContourLabels(frame, x, y, paths.SelectMany(path => path.Points));
        foreach ((int index, double level) in levels.Index())
        {
            string color = Palette.Ramp(levels.Length == 1 ? 0.5 : index / (levels.Length - 1.0));
            List<List<(double X, double Y)>> lines = ContourLines.Trace(values, Samples, level);
            foreach (List<(double X, double Y)> line in lines)
                svg.Polyline(line.Select(Placed), $"class='contour' stroke='{color}' stroke-width='1.3'");
            labels.Place(lines.SelectMany(line => line).Select(Placed), level, color);
        }

        labels.Draw(svg);

        (double X, double Y) Placed((double X, double Y) point) => (frame.X(Across(point.X)), frame.Y(Up(point.Y)));
    }

    private double[] Sample()
    {
        var values = new double[Samples * Samples];
        for (int i = 0; i < values.Length; i++)
            values[i] = function(Across(i % Samples), Up(i / Samples));
        return values;
    }

    private double Across(double column) => x.From + (column / (Samples - 1) * (x.To - x.From));

    private double Up(double row) => y.From + (row / (Samples - 1) * (y.To - y.From));

    private void DrawPath(SvgWriter svg, ChartFrame frame, int index, (double X, double Y)[] points)
    {
        foreach (List<(double X, double Y)> run in Polylines.Runs(Polylines.Clipped(points, x, y)))
            svg.Polyline(run.Select(point => (frame.X(point.X), frame.Y(point.Y))), $"class='path' {Palette.Stroke(index + FirstColor)}");

        foreach ((int step, (double atX, double atY)) in points.Index())
        {
            // A comparison with NaN is false: a point without a place has no mark.
            if (!(atX >= x.From && atX <= x.To && atY >= y.From && atY <= y.To))
                continue;
            if (step == 0)
                Ring(svg, frame.X(atX), frame.Y(atY), Palette.Color(index + FirstColor));
            else if (step == points.Length - 1)
                Disc(svg, frame.X(atX), frame.Y(atY), Palette.Color(index + FirstColor));
            else if (points.Length <= MostDots)
                svg.Circle(frame.X(atX), frame.Y(atY), 2.6, $"class='point' fill='{Palette.Color(index + FirstColor)}'");
        }
    }

    private static void Ring(SvgWriter svg, double x, double y, string color) =>
        svg.Circle(x, y, 5, $"class='start' fill='white' stroke='{color}' stroke-width='2.5'");

    private static void Disc(SvgWriter svg, double x, double y, string color) =>
        svg.Circle(x, y, 6, $"class='end' fill='{color}' stroke='white' stroke-width='1.5'");
}
