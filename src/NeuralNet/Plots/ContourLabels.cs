namespace NeuralNet;

/// <summary>Finds a place on each contour line for its value: far from the other labels, from the paths and from the border.</summary>
internal sealed class ContourLabels
{
    private const double Size = 11, Margin = 18, Room = 26;

    private readonly (double Left, double Right) across;
    private readonly (double Top, double Bottom) down;
    private readonly List<(double X, double Y)> taken;
    private readonly List<(double X, double Y, string Text, string Color)> labels = [];

    public ContourLabels(ChartFrame frame, (double From, double To) x, (double From, double To) y, IEnumerable<(double X, double Y)> avoided)
    {
        across = (frame.X(x.From) + Margin, frame.X(x.To) - Margin);
        down = (frame.Y(y.To) + Margin, frame.Y(y.From) - Margin);
        taken = [.. avoided.Select(point => (frame.X(point.X), frame.Y(point.Y)))];
    }

    /// <summary>Places the label of one level on the point of its lines that has most room around it; without enough room there is none.</summary>
    public void Place(IEnumerable<(double X, double Y)> points, double level, string color)
    {
        (double Distance, double X, double Y) best = (Room, 0, 0);
        foreach ((double x, double y) in points.Where((_, index) => index % 3 == 0))
        {
            if (x < across.Left || x > across.Right || y < down.Top || y > down.Bottom)
                continue;
            double distance = Nearest(x, y);
            if (distance > best.Distance)
                best = (distance, x, y);
        }

        if (best.Distance <= Room)
            return;
        taken.Add((best.X, best.Y));
        labels.Add((best.X, best.Y, Ticks.Text(level, Math.Abs(level) is 0 or (>= 1e-3 and < 1e5) ? "0.######" : "0.###e0"), color));
    }

    public void Draw(SvgWriter svg)
    {
        foreach ((double x, double y, string text, string color) in labels)
        {
            double width = SvgWriter.TextWidth(text, Size) + 3;
            svg.Rectangle(x - (width / 2), y - 7, width, 14, "fill='white'");
            svg.Text(x, y + 4, text, Size, $"class='level' text-anchor='middle' fill='{color}'");
        }
    }

    /// <summary>The distance to the nearest place taken, as far as it matters.</summary>
    private double Nearest(double x, double y)
    {
        double nearest = 60;
        foreach ((double X, double Y) other in taken)
        {
            double distance = Math.Sqrt(((other.X - x) * (other.X - x)) + ((other.Y - y) * (other.Y - y)));
            nearest = distance < nearest ? distance : nearest;
        }

        return nearest;
    }
}
