namespace NeuralNet;

/// <summary>Lists of points made fit for drawing.</summary>
internal static class Polylines
{
    /// <summary>The stretches between gaps (null).</summary>
    public static List<List<(double X, double Y)>> Runs(IEnumerable<(double X, double Y)?> points)
    {
        var runs = new List<List<(double X, double Y)>>();
        bool open = false;
        foreach ((double X, double Y)? point in points)
        {
            if (point is { } shown)
            {
                if (!open)
                    runs.Add([]);
                runs[^1].Add(shown);
            }

            open = point is not null;
        }

        return runs;
    }

    /// <summary>Of the neighbours that share one column of pixels the first, the lowest, the highest and the last.</summary>
    /// <remarks>A million points then look the same as they did, and make a file of a few thousand.</remarks>
    public static IEnumerable<(double X, double Y)> Thinned(List<(double X, double Y)> run)
    {
        for (int start = 0, end; start < run.Count; start = end)
        {
            double column = Math.Floor(run[start].X);
            int low = start, high = start;
            for (end = start + 1; end < run.Count && Math.Floor(run[end].X) == column; end++)
            {
                low = run[end].Y < run[low].Y ? end : low;
                high = run[end].Y > run[high].Y ? end : high;
            }

            if (end - start <= 4)
            {
                for (int i = start; i < end; i++)
                    yield return run[i];
                continue;
            }

            foreach (int i in new SortedSet<int> { start, low, high, end - 1 })
                yield return run[i];
        }
    }

    /// <summary>The parts of a line inside a rectangle (Liang and Barsky 1984), joined where they touch; null marks a gap.</summary>
    public static IEnumerable<(double X, double Y)?> Clipped(
        IReadOnlyList<(double X, double Y)> points, (double From, double To) x, (double From, double To) y)
    {
        (double X, double Y)? last = null;
        for (int i = 0; i < points.Count; i++)
        {
            (double X, double Y) to = points[i], from = i > 0 && Shown(points[i - 1]) ? points[i - 1] : to;
            double enter = 0, leave = 1;
            if (!Shown(to) || !Narrow(from.X, to.X - from.X, x, ref enter, ref leave) || !Narrow(from.Y, to.Y - from.Y, y, ref enter, ref leave))
            {
                last = null;
                continue;
            }

            (double X, double Y) start = Between(from, to, enter), end = Between(from, to, leave);
            if (last != start)
            {
                yield return null;
                yield return start;
            }

            if (end != start)
                yield return end;
            last = end;
        }
    }

    private static bool Shown((double X, double Y) point) => Axis.Shows(point.X) && Axis.Shows(point.Y);

    private static (double X, double Y) Between((double X, double Y) from, (double X, double Y) to, double share) =>
        share == 0 ? from : share == 1 ? to : (from.X + (share * (to.X - from.X)), from.Y + (share * (to.Y - from.Y)));

    /// <summary>Shortens the part [enter, leave] of a segment to what lies within one pair of sides.</summary>
    private static bool Narrow(double start, double change, (double From, double To) side, ref double enter, ref double leave)
    {
        if (change == 0)
            return start >= side.From && start <= side.To;
        double a = (side.From - start) / change, b = (side.To - start) / change;
        enter = Math.Max(enter, Math.Min(a, b));
        leave = Math.Min(leave, Math.Max(a, b));
        return enter <= leave;
    }
}
