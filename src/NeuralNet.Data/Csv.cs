using System.Buffers;
using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace NeuralNet;

/// <summary>Reads CSV files: RFC 4180, with any delimiter, in UTF-8 (or with the byte order mark of UTF-16 or UTF-32, of which what is malformed becomes U+FFFD).</summary>
/// <remarks>
/// Spaces and tabs around a field are taken off unless they are quoted, and empty lines passed over. What is malformed is an error and never mended: a quote within a field that does not begin
/// with one, text behind a closing quote, a quote that is not closed, a row with more or fewer fields than the header, bytes that are not UTF-8.
/// </remarks>
public static class Csv
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="options">How it is written; by default with commas and a header.</param>
    /// <returns>Its rows and columns as texts.</returns>
    /// <exception cref="InvalidDataException">The file is malformed or empty, or two columns have one name.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">The delimiter is not an ASCII character, or is a quote or a line break.</exception>
    public static CsvTable Read(string path, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = Open(path);
        return Read(stream, options, path);
    }

    /// <summary>Reads a stream from where it stands to its end; it stays open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="options">How it is written; by default with commas and a header.</param>
    /// <param name="name">What errors call it.</param>
    /// <inheritdoc cref="Read(string, CsvOptions?)"/>
    public static CsvTable Read(Stream stream, CsvOptions? options = null, string name = "CSV")
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new CsvOptions();
        return Read(CsvReader.Create(stream, ReaderOptions(options), leaveOpen: true), options, name);
    }

    /// <summary>Reads text, of any encoding, to its end; the reader stays open.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="options">How it is written; by default with commas and a header.</param>
    /// <param name="name">What errors call it.</param>
    /// <inheritdoc cref="Read(string, CsvOptions?)"/>
    public static CsvTable Read(TextReader reader, CsvOptions? options = null, string name = "CSV")
    {
        ArgumentNullException.ThrowIfNull(reader);
        options ??= new CsvOptions();
        return Read(CsvReader.Create(reader, ReaderOptions(options), leaveOpen: true), options, name);
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"The CSV file {path} could not be read: {error.Message}", error);
        }
    }

    private static CsvReaderOptions ReaderOptions(CsvOptions options)
    {
        if (!char.IsAscii(options.Delimiter) || options.Delimiter is '"' or '\r' or '\n' or '\0')
            throw new ArgumentException($"Delimiter must be an ASCII character, and neither a quote nor a line break; got U+{(int)options.Delimiter:X4}.", nameof(options));
        return new CsvReaderOptions
        {
            Separator = options.Delimiter,

            // One is read as a row, so that its bytes are looked at too.
            HasHeader = false,
            MalformedData = CsvMalformedDataHandling.Throw,
            TrackLineNumbers = true,
            TrimWhitespace = true,

            // Where one of them is the delimiter, it is no space to trim.
            WhitespaceCharacters = " \t".Replace(options.Delimiter.ToString(), string.Empty, StringComparison.Ordinal),
        };
    }

    private static CsvTable Read(CsvReader reader, CsvOptions options, string name)
    {
        using CsvReader csv = reader;
        try
        {
            return ReadRows(csv, options, name);
        }
        catch (CsvFormatException e)
        {
            throw new InvalidDataException($"{name}, line {e.LineNumber}: {e.Message}", e);
        }
    }

    private static CsvTable ReadRows(CsvReader csv, CsvOptions options, string name)
    {
        var text = new ArrayBufferWriter<byte>();
        var ends = new List<int>();
        var lines = new List<int>();
        string[] columns = [];
        while (csv.Read())
        {
            if (columns.Length == 0)
            {
                columns = [.. Enumerable.Range(0, csv.FieldCount).Select(column => options.HasHeader ? Encoding.UTF8.GetString(Field(csv, column, [], name)) : $"column{column + 1}")];
                if (options.HasHeader)
                    continue;
            }

            if (csv.FieldCount != columns.Length)
                throw new InvalidDataException($"{name}, line {csv.LineNumber}: expected {columns.Length} fields, one for each column, found {csv.FieldCount}.");
            for (int column = 0; column < columns.Length; column++)
            {
                ReadOnlySpan<byte> field = Field(csv, column, columns, name);
                if (text.WrittenCount > Array.MaxLength - field.Length)
                    throw new InvalidDataException($"{name}, line {csv.LineNumber}: expected at most {Array.MaxLength} bytes of text, which fit into one array, found more.");
                text.Write(field);
                ends.Add(text.WrittenCount);
            }

            lines.Add((int)Math.Min(csv.LineNumber, int.MaxValue));
        }

        if (columns.Length == 0)
            throw new InvalidDataException($"{name}: expected {(options.HasHeader ? "a header" : "a row")}, found nothing.");
        return new CsvTable(name, columns, text.WrittenSpan.ToArray(), [.. ends], [.. lines], options.MissingValues);
    }

    // Columns have no names before the header was read.
    private static ReadOnlySpan<byte> Field(CsvReader csv, int column, string[] columns, string name)
    {
        ReadOnlySpan<byte> field = csv.GetSpan(column);
        if (Utf8.IsValid(field))
            return field;
        string which = columns.Length == 0 ? $"{column + 1}" : $"'{CsvTable.Excerpt(columns[column])}'";
        throw new InvalidDataException($"{name}, line {csv.LineNumber}, column {which}: expected UTF-8, found other bytes. Open the file with a StreamReader of its encoding.");
    }
}
