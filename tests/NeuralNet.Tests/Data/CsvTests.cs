using System.Globalization;
using System.Text;

namespace NeuralNet.Tests;

public class CsvTests
{
    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", "a|b", "2:1|2 3:3|4")]
    [InlineData("a,b\r\n1,2\r\n3,4", "a|b", "2:1|2 3:3|4")]
    [InlineData("a,b\n\n\"x\ny\",2\n\n3,4\n", "a|b", "3:x\ny|2 6:3|4")]
    [InlineData("a,b\n\"say \"\"hi\"\", now\",\"\"\n", "a|b", "2:say \"hi\", now|")]
    [InlineData(" a , \"b c\" \n 1 ,\" 2 \"\n", "a|b c", "2:1| 2 ")]
    [InlineData("\uFEFFa,ü\n1,日本\n", "a|ü", "2:1|日本")]
    [InlineData("a,b", "a|b", "")]
    public void Header_rows_and_quotes_are_read_from_a_stream_and_from_text(string text, string columns, string rows)
    {
        Show(Csv.Read(new StringReader(text))).Should().Be((columns, rows));
        Show(Csv.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)))).Should().Be((columns, rows));
    }

    [Fact]
    public void Other_delimiters_and_no_header()
    {
        Show(Csv.Read(new StringReader("1\t 2 \n\t4\n"), new CsvOptions { Delimiter = '\t', HasHeader = false })).Should().Be(("column1|column2", "1:1|2 2:|4"));
        Show(Csv.Read(new StringReader("a;b\n1,5;2\n"), new CsvOptions { Delimiter = ';' })).Should().Be(("a|b", "2:1,5|2"));
        Show(Csv.Read(new StringReader("a b\n1 2\n"), new CsvOptions { Delimiter = ' ' })).Should().Be(("a|b", "2:1|2"));
    }

    [Fact]
    public void A_file_is_named_by_its_path_and_streams_stay_open()
    {
        using var folder = new ScratchFolder();
        string path = folder.Write("data.csv", "a,b\n1,NA\n,?\n"u8.ToArray());
        CsvTable table = Csv.Read(path);
        using var stream = new MemoryStream("a\n1\n"u8.ToArray());
        Csv.Read(stream);

        (table.Name, table.RowCount, table.ToString()).Should().Be((path, 2, $"{path} (2 rows, 2 columns)"));
        new[] { table.IsMissing(0, 0), table.IsMissing(0, 1), table.IsMissing(1, 0), table.IsMissing(1, 1) }.Should().Equal(false, true, true, true);
        Csv.Read(path, new CsvOptions { MissingValues = ["1"] }).IsMissing(1, 0).Should().BeFalse();
        stream.CanRead.Should().BeTrue();
        FluentActions.Invoking(() => Csv.Read(path + "x")).Should().Throw<FileNotFoundException>();
        FluentActions.Invoking(() => Csv.Read(Path.GetTempPath())).Should().Throw<IOException>();
        FluentActions.Invoking(() => table[2, 0]).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => table[0, 2]).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData("", "CSV: expected a header, found nothing.")]
    [InlineData("\n\n", "CSV: expected a header, found nothing.")]
    [InlineData("a,b\n1,2\n1\n", "CSV, line 3: expected 2 fields, one for each column, found 1.")]
    [InlineData("a,b\n\n1,2,3\n", "CSV, line 3: expected 2 fields, one for each column, found 3.")]
    [InlineData("a,b,a\n", "CSV: expected a name of its own for every column, found 'a' as column 1 and 3.")]
    [InlineData("a,b\n1,x\"y\n", "CSV, line 2: * a quote inside an unquoted field *")]
    [InlineData("a,b\n1,\"x\"y\n", "CSV, line 2: * text after the closing quote *")]
    [InlineData("a,b\n1,\"x\n2,3\n", "CSV, line 2: * never closed *")]
    [InlineData("\"a,b\n1,2\n", "CSV, line 1: * never closed *")]
    public void What_is_malformed_is_told_in_words(string text, string message)
    {
        FluentActions.Invoking(() => Csv.Read(new StringReader(text))).Should().Throw<InvalidDataException>().WithMessage(message);
        FluentActions.Invoking(() => Csv.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)))).Should().Throw<InvalidDataException>().WithMessage(message);
    }

    [Fact]
    public void Other_encodings_and_delimiters_are_told_in_words()
    {
        byte[] latin = Encoding.Latin1.GetBytes("a,b\n1,é\n");

        FluentActions.Invoking(() => Csv.Read(new MemoryStream(latin), name: "old.csv")).Should().Throw<InvalidDataException>()
            .WithMessage("old.csv, line 2, column 'b': expected UTF-8, found other bytes. Open the file with a StreamReader of its encoding.");
        FluentActions.Invoking(() => Csv.Read(new MemoryStream(Encoding.Latin1.GetBytes("a,é\n1,2\n")), name: "old.csv")).Should().Throw<InvalidDataException>()
            .WithMessage("old.csv, line 1, column 2: expected UTF-8, found other bytes. Open the file with a StreamReader of its encoding.");
        using var reader = new StreamReader(new MemoryStream(latin), Encoding.Latin1);
        Csv.Read(reader)[0, 1].Should().Be("é");
        Csv.Read(new MemoryStream([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("a,b\n1,é\n")]))[0, 1].Should().Be("é");
        foreach ((char delimiter, string code) in (IEnumerable<(char, string)>)[('"', "0022"), ('\n', "000A"), ('ä', "00E4")])
        {
            FluentActions.Invoking(() => Csv.Read(new StringReader("a"), new CsvOptions { Delimiter = delimiter })).Should().Throw<ArgumentException>()
                .WithMessage($"Delimiter must be an ASCII character, and neither a quote nor a line break; got U+{code}.*");
        }
    }

    [Fact]
    public void Numbers_do_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var german = new CultureInfo(string.Empty);
            german.NumberFormat.NumberDecimalSeparator = ",";
            german.NumberFormat.NumberGroupSeparator = ".";
            CultureInfo.CurrentCulture = german;
            ArrayDataset<double> data = Csv.Read(new StringReader("x,y\n1.5,-2e-3\n")).ToDataset<double>(TabularSchema.Regression("y")).Dataset;

            (TabularTests.Features(data)[0, 0], TabularTests.Targets(data)[0, 0]).Should().Be((1.5, -0.002));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Memory_is_in_proportion_to_the_file()
    {
        var text = new StringBuilder("a,b,c,d\n");
        for (int row = 0; row < 50_000; row++)
            text.Append(CultureInfo.InvariantCulture, $"{row},{row}.5,x{row % 7},y\n");
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        Csv.Read(new MemoryStream(bytes));

        // What is kept, and all that growing buffers left behind on the way.
        long before = GC.GetAllocatedBytesForCurrentThread();
        CsvTable table = Csv.Read(new MemoryStream(bytes));
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(12L * bytes.Length);
        table.RowCount.Should().Be(50_000);
    }

    private static (string Columns, string Rows) Show(CsvTable table) => (string.Join('|', table.Columns), string.Join(' ', Enumerable.Range(0, table.RowCount)
        .Select(row => $"{table.LineNumber(row)}:{string.Join('|', Enumerable.Range(0, table.Columns.Count).Select(column => table[row, column]))}")));
}
