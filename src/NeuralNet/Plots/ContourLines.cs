namespace NeuralNet;

/// <summary>Marching squares: the lines on which a sampled function takes one value.</summary>
internal sealed class ContourLines
{
    private const int None = -1;

    private readonly double[] values;
    private readonly int columns;
    private readonly double level;

    /// <summary>For each crossed grid edge the crossed edges before and after it on the line.</summary>
    /// <remarks>An edge's number is twice that of its first point, plus 1 if it leads to the next row.</remarks>
    private readonly Dictionary<int, (int One, int Other)> neighbours = [];

    private ContourLines(double[] values, int columns, double level)
    {
        (this.values, this.columns, this.level) = (values, columns, level);
        for (int i = 0; i + columns < values.Length; i++)
        {
            if (i % columns < columns - 1)
                Cross(i);
        }
    }

    /// <summary>Traces one level through samples in rows.</summary>
    /// <param name="values">The samples, row after row; a cell with a corner that is not finite has no line.</param>
    /// <param name="columns">The number of samples in a row.</param>
    /// <param name="level">The value on the lines.</param>
    /// <returns>Lines of points (column, row); a closed line ends where it begins.</returns>
    public static List<List<(double X, double Y)>> Trace(double[] values, int columns, double level)
    {
        var traced = new ContourLines(values, columns, level);
        var lines = new List<List<(double X, double Y)>>();
        var seen = new HashSet<int>();

        // Lines that end at the border first, from their ends; what is then left is closed.
        foreach (int edge in traced.neighbours.Keys.Where(edge => traced.neighbours[edge].Other == None).Concat(traced.neighbours.Keys))
        {
            if (!seen.Contains(edge))
                lines.Add(traced.Follow(edge, seen));
        }

        return lines;
    }

    /// <summary>Joins the crossed edges of the cell whose lowest corner is <paramref name="corner"/>.</summary>
    private void Cross(int corner)
    {
        double a = values[corner], b = values[corner + 1], c = values[corner + columns], d = values[corner + columns + 1];
        if (!Axis.Shows(a) || !Axis.Shows(b) || !Axis.Shows(c) || !Axis.Shows(d))
            return;

        int bottom = 2 * corner, left = bottom + 1, top = 2 * (corner + columns), right = bottom + 3;
        bool aIn = a >= level, bIn = b >= level, cIn = c >= level, dIn = d >= level;
        if (aIn == dIn && bIn == cIn && aIn != bIn)
        {
            // A saddle: the middle decides which two corners are connected.
            bool diagonal = (a / 4) + (b / 4) + (c / 4) + (d / 4) >= level == aIn;
            Join(bottom, diagonal ? right : left);
            Join(top, diagonal ? left : right);
            return;
        }

        Span<int> crossed = stackalloc int[4];
        int count = 0;
        if (aIn != bIn)
            crossed[count++] = bottom;
        if (bIn != dIn)
            crossed[count++] = right;
        if (cIn != dIn)
            crossed[count++] = top;
        if (aIn != cIn)
            crossed[count++] = left;
        if (count == 2)
            Join(crossed[0], crossed[1]);
    }

    private void Join(int one, int other)
    {
        neighbours[one] = neighbours.TryGetValue(one, out (int One, int Other) known) ? (known.One, other) : (other, None);
        neighbours[other] = neighbours.TryGetValue(other, out known) ? (known.One, one) : (one, None);
    }

    private List<(double X, double Y)> Follow(int first, HashSet<int> seen)
    {
        var line = new List<(double X, double Y)>();
        int last = None;
        for (int edge = first; edge != None && seen.Add(edge);)
        {
            line.Add(Point(edge));
            last = edge;
            (int one, int other) = neighbours[edge];
            edge = !seen.Contains(one) ? one : other != None && !seen.Contains(other) ? other : None;
        }

        if (line.Count > 2 && neighbours[first].Other != None && (neighbours[last].One == first || neighbours[last].Other == first))
            line.Add(line[0]);
        return line;
    }

    /// <summary>Where the level lies on an edge, by linear interpolation.</summary>
    private (double X, double Y) Point(int edge)
    {
        int start = edge / 2, end = edge % 2 == 0 ? start + 1 : start + columns;
        double share = (level - values[start]) / (values[end] - values[start]);
        (int row, int column) = Math.DivRem(start, columns);
        return edge % 2 == 0 ? (column + share, row) : (column, row + share);
    }
}
