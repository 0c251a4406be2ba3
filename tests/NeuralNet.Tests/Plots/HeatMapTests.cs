using System.Xml.Linq;

namespace NeuralNet.Tests.Plots;

public class HeatMapTests
{
    private static readonly string[] Animals = ["cat", "dog"];

    // Shares of the rows: 1/8 and 7/8, 1 and 0; their cube roots are the densities.
    [Fact]
    public void A_cell_is_as_dense_as_the_cube_root_of_its_share_of_the_row()
    {
        var svg = new SvgDocument(new HeatMap("Confusion", "actual", "predicted", Animals, Animals, new long[,] { { 1, 7 }, { 3, 0 } }) { DiagonalApart = true }.ToSvg());

        svg.Texts("count").Should().Equal("1", "7", "3");
        XElement[] cells = [.. svg.Of("cell").Select(cell => cell.Elements().First(element => element.Name.LocalName == "rect"))];
        cells.Select(cell => $"{cell.Attribute("fill")!.Value} {cell.Attribute("fill-opacity")!.Value}").Should().Equal("#005C99 0.5", "#B84F00 0.96", "#B84F00 1");
        svg.Of("count").Select(count => count.Attribute("fill")!.Value).Should().Equal("#222222", "#FFFFFF", "#FFFFFF");
        SvgDocument.Number(cells[1], "x").Should().Be(svg.Plot.Left + 60);
        SvgDocument.Number(cells[2], "y").Should().Be(svg.Plot.Top + 60);
        svg.Of("cell").Select(cell => cell.Elements().First().Value).Should().Equal("cat → cat: 1 (12.5 %)", "cat → dog: 7 (87.5 %)", "dog → cat: 3 (100 %)");
        svg.Texts("row").Should().Equal("cat", "dog");
        svg.Texts("column").Should().Equal("cat", "dog");
        svg.Texts("share").Should().Equal("12.5 %", "0.0 %");
        svg.Texts("label-x").Should().Equal("predicted");
        svg.Texts("label-y").Should().Equal("actual");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(100)]
    public void Names_and_counts_fit_and_the_file_stays_small(int classes)
    {
        string[] names = [.. Enumerable.Range(0, classes).Select(label => $"class {label}")];
        var counts = new long[classes, classes];
        for (int i = 0; i < classes; i++)
            (counts[i, i], counts[i, (i + 1) % classes]) = (98765, 12);
        string picture = new HeatMap("", "actual", "predicted", names, names, counts) { DiagonalApart = true }.ToSvg();
        var svg = new SvgDocument(picture);

        svg.Of("cell").Should().HaveCount(2 * classes);
        svg.Of("count").Should().HaveCount(classes <= 60 ? 2 * classes : 0);
        double cell = svg.Plot.Width / classes;
        svg.Of("count").Should().NotContain(count => SvgWriter.TextWidth(count.Value, SvgDocument.Number(count, "font-size")) > cell);
        svg.Of("column").Should().OnlyContain(column => SvgDocument.Number(column, "font-size") < cell);
        picture.Length.Should().BeLessThan(2000 + (1500 * classes));
    }

    // Three classes and a column for no prediction; nothing of the second class.
    [Fact]
    public void Tables_need_not_be_square_and_rows_may_be_empty()
    {
        var svg = new SvgDocument(new HeatMap("", "", "", ["a", "b", "c"], ["a", "b", "c", "none"], new long[,] { { 1, 0, 0, 1 }, { 0, 0, 0, 0 }, { 0, 0, 5, 0 } }).ToSvg());

        svg.Of("cell").Should().HaveCount(3);
        svg.Texts("share").Should().BeEmpty();
        svg.Of("cell").SelectMany(cell => cell.Elements()).Where(element => element.Name.LocalName == "rect")
            .Should().OnlyContain(cell => cell.Attribute("fill")!.Value == "#005C99");

        new SvgDocument(new HeatMap("", "", "", Animals, Animals, new long[2, 2]) { DiagonalApart = true }.ToSvg()).Texts("share").Should().Equal("–", "–");
    }

    [Fact]
    public void Names_are_escaped_and_the_culture_has_no_say()
    {
        HeatMap Map() => new("<b>", "&", "\"", ["<script>1</script>", "b"], ["x", "]]>"], new long[,] { { 1, 2000 }, { 3, 4 } }) { DiagonalApart = true };
        string picture = Map().ToSvg();

        new SvgDocument(picture).Texts("row")[0].Should().Be("<script>1</script>");
        picture.Should().NotContain("<script");
        OtherCulture.Run(() => Map().ToSvg()).Should().Be(picture);
    }

    [Fact]
    public void Wrong_arguments_are_refused_in_words()
    {
        FluentActions.Invoking(() => new HeatMap("", "", "", Animals, ["a"], new long[2, 2])).Should().Throw<ArgumentException>()
            .WithMessage("A heat map of 2 rows and 1 columns expects counts [2, 1], got [2, 2].*");
        FluentActions.Invoking(() => new HeatMap("", "", "", [], ["a"], new long[0, 1])).Should().Throw<ArgumentException>()
            .WithMessage("A heat map needs at least one row and one column, got 0 and 1 names.*");
        FluentActions.Invoking(() => new HeatMap("", "", "", Animals, Animals, new long[,] { { 1, -2 }, { 3, 4 } })).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("counts must be at least 0; got -2.*");
    }
}
