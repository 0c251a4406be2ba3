using System.Globalization;
using System.Text;

namespace NeuralNet;

/// <summary>The rows and columns of a CSV file as texts; a <see cref="TabularSchema"/> makes numbers of them.</summary>
/// <remarks>Its memory is that of the file's text and four bytes for each field and row.</remarks>
public sealed class CsvTable
{
    private const int ExcerptLength = 40;

    private readonly Dictionary<string, int> indices = [];
    private readonly byte[] text;
    private readonly int[] ends;
    private readonly int[] lines;
    private readonly byte[][] missingValues;

    internal CsvTable(string name, string[] columns, byte[] text, int[] ends, int[] lines, IEnumerable<string> missingValues)
    {
        (Name, Columns, this.text, this.ends, this.lines, this.missingValues) = (name, columns, text, ends, lines, [.. missingValues.Select(Encoding.UTF8.GetBytes)]);
        foreach ((int index, string column) in columns.Index())
        {
            if (!indices.TryAdd(column, index))
                throw new InvalidDataException($"{name}: expected a name of its own for every column, found '{Excerpt(column)}' as column {indices[column] + 1} and {index + 1}.");
        }
    }

    /// <summary>The path of the file, or what else errors call it.</summary>
    public string Name { get; }

    /// <summary>The names of the columns in order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The number of rows, the header left out of account.</summary>
    public int RowCount => lines.Length;

    /// <summary>The text of a field, without its quotes.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    public string this[int row, int column] => Encoding.UTF8.GetString(Bytes(row, column));

    /// <summary>Whether the text of a field stands for a value that is missing.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    /// <returns>Whether it is one of <see cref="CsvOptions.MissingValues"/>.</returns>
    public bool IsMissing(int row, int column)
    {
        ReadOnlySpan<byte> found = Bytes(row, column);
        foreach (byte[] missing in missingValues)
        {
            if (found.SequenceEqual(missing))
                return true;
        }

        return false;
    }

    /// <summary>Where a row begins in the file.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <returns>The number of the line, from 1; lines within quoted fields, empty ones and the header count too.</returns>
    public int LineNumber(int row) => lines[row];

    /// <summary>Makes a data set of the rows; short for fitting the schema to this table and encoding the table with it.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="schema">What becomes of the columns.</param>
    /// <returns>The data set, the names of what is in it, and the encoder for further files.</returns>
    /// <inheritdoc cref="TabularEncoder.Encode{T}(CsvTable)" path="/exception"/>
    public TabularData<T> ToDataset<T>(TabularSchema schema)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(schema);
        return schema.Fit(this).Encode<T>(this);
    }

    /// <summary>The size.</summary>
    /// <returns>For example <c>iris.csv (150 rows, 5 columns)</c>.</returns>
    public override string ToString() => $"{Name} ({RowCount} rows, {Columns.Count} columns)";

    /// <summary>Where a column stands.</summary>
    internal int IndexOf(string column) => indices.TryGetValue(column, out int index)
        ? index
        : throw new InvalidDataException($"{Name}: expected a column '{column}', found {Excerpt(string.Join(", ", Columns.Select(name => $"'{name}'")), 10 * ExcerptLength)}.");

    internal bool Has(string column) => indices.ContainsKey(column);

    /// <summary>A field as a finite number, written as in English whatever the culture. The parser would pass over bytes of 0 at its end.</summary>
    internal double Number(int row, int column) =>
        double.TryParse(Bytes(row, column), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) && !Bytes(row, column).Contains((byte)0)
            ? number
            : throw Unexpected(row, column, "a finite number");

    /// <summary>What a field should be and is.</summary>
    internal InvalidDataException Unexpected(int row, int column, string expected, string hint = "") =>
        new($"{Name}, line {lines[row]}, column '{Excerpt(Columns[column])}': expected {expected}, found {(IsMissing(row, column) ? "a missing value, " : string.Empty)}'{Excerpt(this[row, column])}'.{hint}");

    internal static string Excerpt(string text, int length = ExcerptLength) => text.Length <= length ? text : text[..length] + "...";

    private ReadOnlySpan<byte> Bytes(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Columns.Count);
        int place = (row * Columns.Count) + column, start = place == 0 ? 0 : ends[place - 1];
        return text.AsSpan(start, ends[place] - start);
    }
}
