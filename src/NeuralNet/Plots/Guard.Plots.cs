namespace NeuralNet;

// Checks of what is drawn.
internal static partial class Guard
{
    /// <summary>A series of a chart: as many x as y.</summary>
    public static void Pairs(string series, int x, int y)
    {
        if (x != y)
            throw new ArgumentException($"The series \"{series}\" expects as many x as y; got {x} x and {y} y.", nameof(y));
    }

    /// <summary>The ends of a chart's axis.</summary>
    public static void Interval(double from, double to, string name)
    {
        if (!(Math.Abs(from) <= 1e300 && Math.Abs(to) <= 1e300 && to - from > Math.Max(1e-300, 1e-9 * Math.Max(Math.Abs(from), Math.Abs(to)))))
            throw new ArgumentException($"{name} must run from a finite number to a greater one; got [{Number(from)}, {Number(to)}].", name);
    }

    public static void Pixels(int pixels, Shape shape)
    {
        if (pixels != shape.Size)
            throw new ArgumentException($"An image expects {shape.ToSizeString()} pixel values, got {pixels}.", nameof(pixels));
    }

    /// <summary>The counts of a heat map: one for each row and column.</summary>
    public static void Cells(int rows, int columns, long[,] counts)
    {
        if (rows == 0 || columns == 0)
            throw new ArgumentException($"A heat map needs at least one row and one column, got {rows} and {columns} names.", nameof(rows));
        if (counts.GetLength(0) != rows || counts.GetLength(1) != columns)
            throw new ArgumentException($"A heat map of {rows} rows and {columns} columns expects counts [{rows}, {columns}], got [{counts.GetLength(0)}, {counts.GetLength(1)}].", nameof(counts));
        foreach (long count in counts)
            InRange(count, count >= 0, "at least 0", nameof(counts));
    }

    public static void ClassNames(int classes, int? names)
    {
        if (names is { } found && found != classes)
            throw new ArgumentException($"A confusion matrix of {classes} classes expects as many class names, got {found}.", nameof(names));
    }

    public static void Drawable(int images, long height, long width, int channels)
    {
        if (images == 0)
            throw new InvalidOperationException("An image grid needs at least one image: call Add first.");
        if (height > Array.MaxLength || width > Array.MaxLength / channels / height)
            throw new InvalidOperationException($"A picture of {height} x {width} pixels does not fit into one array. Use a smaller scale or fewer images.");
    }
}
