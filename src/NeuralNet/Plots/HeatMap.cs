namespace NeuralNet;

/// <summary>A table of counts as coloured cells, such as a confusion matrix, drawn as an SVG picture.</summary>
/// <remarks>
/// A cell is the darker the greater its share of the counts in its row; the density grows with the cube root of the share, so that one in a thousand can still be seen.
/// Counts stand in the cells and, with their shares, in the tips that a browser shows; a count of 0 is an empty cell. Readable up to about 30 rows and columns;
/// beyond 60 the counts are only in the tips.
/// </remarks>
public sealed class HeatMap : IChart
{
    private const double TitleSize = 16, TextSize = 13, NameSize = 12, LegendSize = 12, Margin = 20, RowHeight = 20;
    private const double SmallestCell = 12, LargestCell = 60, GoodSide = 560, LongestName = 150;
    private const int MostCounted = 60;

    private static readonly double[] LegendShares = [0.001, 0.01, 0.1, 1];

    private readonly (string Title, string Rows, string Columns) texts;
    private readonly string[] rows;
    private readonly string[] columns;
    private readonly long[,] counts;

    /// <summary>Creates a heat map.</summary>
    /// <param name="title">The title; an empty one takes no room.</param>
    /// <param name="rowsLabel">What the rows are, such as <c>actual</c>; may be empty.</param>
    /// <param name="columnsLabel">What the columns are, such as <c>predicted</c>; may be empty.</param>
    /// <param name="rows">The name of each row, from the top, at least one.</param>
    /// <param name="columns">The name of each column, from the left, at least one.</param>
    /// <param name="counts">The counts, <c>[row, column]</c>, none negative; copied.</param>
    /// <exception cref="ArgumentException">The counts are not one for each row and column, or one is negative.</exception>
    public HeatMap(string title, string rowsLabel, string columnsLabel, IReadOnlyList<string> rows, IReadOnlyList<string> columns, long[,] counts)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(rowsLabel);
        ArgumentNullException.ThrowIfNull(columnsLabel);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(counts);
        Guard.Cells(rows.Count, columns.Count, counts);
        (texts, this.rows, this.columns, this.counts) = ((title, rowsLabel, columnsLabel), [.. rows], [.. columns], (long[,])counts.Clone());
    }

    /// <summary>
    /// Whether cells on the diagonal are blue, all others orange, and each row ends in its diagonal's share: for confusion matrices, where the diagonal
    /// is what is right and its share the recall. The default is <see langword="false"/>: all cells are blue.
    /// </summary>
    public bool DiagonalApart { get; init; }

    /// <summary>Draws the map.</summary>
    /// <returns>A complete SVG document, the same for the same data on every machine.</returns>
    public string ToSvg()
    {
        // A cell holds its row's widest count; the map is about 560 pixels wide unless that asks for more.
        bool counted = Math.Max(rows.Length, columns.Length) <= MostCounted;
        double cell = Math.Clamp(Math.Round(GoodSide / Math.Max(rows.Length, columns.Length)), SmallestCell, LargestCell);
        string widest = Ticks.Text(counts.Cast<long>().Max(), "0");
        double textSize = Math.Clamp(Math.Floor((cell - 6) / (0.6 * widest.Length)), 9, TextSize);
        if (counted)
            cell = Math.Max(cell, Math.Ceiling(SvgWriter.TextWidth(widest, textSize) + 6));

        double nameSize = Math.Clamp(cell - 3, 7, NameSize);
        double rowNames = Math.Min(LongestName, rows.Max(name => SvgWriter.TextWidth(name, nameSize)));
        double columnNames = Math.Min(LongestName, columns.Max(name => SvgWriter.TextWidth(name, nameSize)));
        bool upright = columnNames > cell - 4;
        double left = Margin + (texts.Rows.Length > 0 ? RowHeight : 0) + rowNames + 8;
        double top = 16 + (texts.Title.Length > 0 ? RowHeight + 4 : 0) + RowHeight + 12;
        double right = left + (columns.Length * cell), bottom = top + (rows.Length * cell);
        double width = Math.Max(right + (DiagonalApart ? 62 : 0) + Margin, Margin + Math.Max(LegendWidth, SvgWriter.TextWidth(texts.Title, TitleSize)) + Margin);
        double foot = 8 + (upright ? columnNames : 14);
        double height = bottom + foot + (texts.Columns.Length > 0 ? RowHeight + 2 : 0) + 12;

        var svg = new SvgWriter(width, height, texts.Title);
        svg.Rectangle(0, 0, width, height, $"class='paper' fill='{Palette.Paper}'");
        if (texts.Title.Length > 0)
            svg.Text(Margin, 28, texts.Title, TitleSize, $"class='title' font-weight='bold' fill='{Palette.Ink}'");
        DrawLegend(svg, top - 24);
        for (int row = 0; row < rows.Length; row++)
            DrawRow(svg, row, left, top + (row * cell), cell, counted ? textSize : 0);
        DrawFrame(svg, (left, top, right, bottom), cell);

        string muted = $"fill='{Palette.Muted}'";
        for (int row = 0; row < rows.Length; row++)
        {
            double middle = top + ((row + 0.5) * cell) + (0.35 * nameSize);
            svg.Text(left - 8, middle, SvgWriter.Fitted(rows[row], nameSize, LongestName), nameSize, $"class='row' text-anchor='end' {muted}");
            if (DiagonalApart && row < columns.Length)
                svg.Text(right + 58, middle, Percent(Share(row, row), "0.0"), nameSize, $"class='share' text-anchor='end' {muted}");
        }

        for (int column = 0; column < columns.Length; column++)
        {
            double middle = left + ((column + 0.5) * cell);
            string name = SvgWriter.Fitted(columns[column], nameSize, LongestName);
            if (upright)
                svg.UprightText(middle + (0.35 * nameSize), bottom + 8, name, nameSize, $"class='column' text-anchor='end' {muted}");
            else
                svg.Text(middle, bottom + 18, name, nameSize, $"class='column' text-anchor='middle' {muted}");
        }

        if (texts.Columns.Length > 0)
            svg.Text((left + right) / 2, bottom + foot + RowHeight, texts.Columns, TextSize, $"class='label-x' text-anchor='middle' fill='{Palette.Ink}'");
        if (texts.Rows.Length > 0)
            svg.UprightText(Margin + 6, (top + bottom) / 2, texts.Rows, TextSize, $"class='label-y' text-anchor='middle' fill='{Palette.Ink}'");
        return svg.Finish();
    }

    private string LegendText => DiagonalApart ? "of the row: blue on the diagonal, orange off it" : "of the row";

    private double LegendWidth => (LegendShares.Length * 72) + SvgWriter.TextWidth(LegendText, LegendSize);

    private static double Density(double share) => Math.Cbrt(share);

    private static string Percent(double share, string format = "0.##") => double.IsNaN(share) ? "–" : Ticks.Text(100 * share, format) + " %";

    private static string Area(string color, double share) => $"fill='{color}' fill-opacity='{SvgWriter.Number(Density(share))}'";

    private void DrawLegend(SvgWriter svg, double middle)
    {
        double at = Margin;
        foreach (double share in LegendShares)
        {
            svg.Rectangle(at, middle - 7, 11, 14, Area(Palette.Agreement, share));
            if (DiagonalApart)
                svg.Rectangle(at += 11, middle - 7, 11, 14, Area(Palette.Difference, share));
            svg.Text(at += 16, middle + 4, Percent(share), LegendSize, $"class='legend-share' fill='{Palette.Muted}'");
            at += SvgWriter.TextWidth(Percent(share), LegendSize) + 4;
        }

        svg.Text(at, middle + 4, LegendText, LegendSize, $"class='legend' fill='{Palette.Muted}'");
    }

    private void DrawRow(SvgWriter svg, int row, double left, double top, double cell, double textSize)
    {
        for (int column = 0; column < columns.Length; column++)
        {
            long count = counts[row, column];
            if (count == 0)
                continue;
            double share = Share(row, column), x = left + (column * cell);
            string color = !DiagonalApart || row == column ? Palette.Agreement : Palette.Difference;
            svg.BeginGroup("class='cell'", $"{rows[row]} \u2192 {columns[column]}: {Ticks.Count(count)} ({Percent(share)})");
            svg.Rectangle(x, top, cell, cell, Area(color, share));
            if (textSize > 0)
            {
                string ink = Density(share) > 0.7 ? Palette.OnArea : Palette.Ink;
                svg.Text(x + (cell / 2), top + (cell / 2) + (0.35 * textSize), Ticks.Text(count, "0"), textSize, $"class='count' text-anchor='middle' fill='{ink}'");
            }

            svg.EndGroup();
        }
    }

    private void DrawFrame(SvgWriter svg, (double Left, double Top, double Right, double Bottom) map, double cell)
    {
        for (int row = 1; row < rows.Length; row++)
            svg.Line(map.Left, map.Top + (row * cell), map.Right, map.Top + (row * cell), $"class='grid' stroke='{Palette.Grid}'");
        for (int column = 1; column < columns.Length; column++)
            svg.Line(map.Left + (column * cell), map.Top, map.Left + (column * cell), map.Bottom, $"class='grid' stroke='{Palette.Grid}'");
        svg.Rectangle(map.Left, map.Top, map.Right - map.Left, map.Bottom - map.Top, $"class='plot' fill='none' stroke='{Palette.Frame}'");
    }

    /// <summary>The share of a cell in its row; NaN in a row of zeros.</summary>
    private double Share(int row, int column)
    {
        double sum = 0;
        for (int i = 0; i < columns.Length; i++)
            sum += counts[row, i];
        return counts[row, column] / sum;
    }
}
