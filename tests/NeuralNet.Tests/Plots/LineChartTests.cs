using System.Xml.Linq;

namespace NeuralNet.Tests.Plots;

public class LineChartTests
{
    // A plot of 400 x 200 over x in [1, 3], y in [0, 4] (round bounds of 0 and 4): 200 pixels for one x, 50 for one y.
    [Fact]
    public void Points_land_where_the_axes_say()
    {
        var svg = new SvgDocument(Small().Add("loss", [4, 1, 0]).ToSvg());

        svg.Plot.Width.Should().Be(400);
        svg.Plot.Height.Should().Be(200);
        svg.Lines("series").Should().ContainSingle().Which.Should().Equal((0, 200), (200, 50), (400, 0));
        svg.Circles("point").Should().Equal((0, 200), (200, 50), (400, 0));
        svg.Texts("tick-x").Should().Equal("1", "2", "3");
        SvgDocument.Number(svg.Of("tick-x")[1], "x").Should().Be(svg.Plot.Left + 200);
        svg.Texts("tick-y").Should().Equal("0", "2", "4");
        SvgDocument.Number(svg.Of("tick-y")[1], "y").Should().Be(svg.Plot.Top + 100 + 4);
    }

    // log10 from 0.01 to 100: four decades, 50 pixels each; 0 has no place there.
    [Fact]
    public void Points_land_by_their_logarithm_on_a_logarithmic_axis()
    {
        var chart = new LineChart("", "", "") { Width = 300, Height = 200, LogarithmicY = true };
        var svg = new SvgDocument(chart.Add("loss", [0, 10, 20, 30], [100, 1, 0, 0.01]).ToSvg());

        svg.Lines("series").Should().ContainSingle().Which.Should().Equal((0, 200), (100, 100));
        svg.Circles("point").Should().Equal((0, 200), (100, 100), (300, 0));
    }

    [Fact]
    public void Points_without_a_place_are_gaps()
    {
        double[] y = [4, 2, double.NaN, 1, double.PositiveInfinity, 0, 4, double.NegativeInfinity];
        var svg = new SvgDocument(Small().Add("loss", y).ToSvg());

        // x in [1, 7]: 400 / 6 pixels for one x; the point between two gaps is a dot alone.
        svg.Lines("series").Should().BeEquivalentTo(
            new[] { new[] { (0.0, 200.0), (66.67, 100.0) }, [(333.33, 0.0), (400.0, 200.0)] }, options => options.WithStrictOrdering());
        svg.Circles("point").Should().Contain((200, 50)).And.HaveCount(5);
    }

    [Fact]
    public void Texts_are_escaped()
    {
        var chart = new LineChart("a < b & \"c\"\u0001", "<x>", "y & z");
        var svg = new SvgDocument(chart.Add("</svg>", [1, 2]).Add("half \uD83D of a pair", [1, 2]).ToSvg());

        svg.Title.Should().Be("a < b & \"c\"\uFFFD");
        svg.Texts("title").Should().Equal("a < b & \"c\"\uFFFD");
        svg.Texts("label-x").Should().Equal("<x>");
        svg.Texts("label-y").Should().Equal("y & z");
        svg.Texts("legend").Should().Equal("</svg>", "half \uFFFD of a pair");
    }

    [Fact]
    public void Nothing_and_nothing_finite_give_an_empty_picture()
    {
        foreach (LineChart chart in new[] { Small(), Small().Add("loss", []), Small().Add("loss", [double.NaN, double.NaN]) })
        {
            var svg = new SvgDocument(chart.ToSvg());
            svg.Texts("remark").Should().Equal("no data");
            svg.Of("series").Should().BeEmpty();
            svg.Of("point").Should().BeEmpty();
            svg.Texts("tick-y").Should().NotBeEmpty();
        }
    }

    [Fact]
    public void One_point_and_equal_points_lie_in_the_middle()
    {
        new SvgDocument(Small().Add("loss", [0]).ToSvg()).Circles("point").Should().Equal((200, 100));
        new SvgDocument(Small().Add("loss", [4, 4]).ToSvg()).Lines("series").Single().Should().Equal((0, 100), (400, 100));
    }

    [Fact]
    public void The_legend_stands_above_the_plot_and_within_the_picture()
    {
        LineChart chart = Small();
        for (int i = 0; i < 9; i++)
            chart.Add($"a series with a long name, number {i}", [i, i + 1]);
        string text = chart.ToSvg();
        var svg = new SvgDocument(text);

        svg.Of("legend").Should().HaveCount(9).And.OnlyContain(entry => SvgDocument.Number(entry, "y") < svg.Plot.Top - 4);
        svg.Of("legend").Select(entry => SvgDocument.Number(entry, "y")).Distinct().Should().HaveCount(9);
        svg.Of("series").Select(line => $"{line.Attribute("stroke")} {line.Attribute("stroke-dasharray")}").Should().OnlyHaveUniqueItems();
    }

    // Column by column of pixels the extremes remain: one spike among 100,000 points is still to be seen.
    [Fact]
    public void Many_points_are_thinned_but_no_extreme_is_lost()
    {
        var y = new double[100_000];
        (y[54_321], y[54_323]) = (5, -5);
        var svg = new SvgDocument(Small().Add("loss", y).ToSvg());

        (double X, double Y)[] line = svg.Lines("series").Single();
        line.Should().HaveCountLessThan(2000);
        line.Max(point => point.Y).Should().Be(200);
        line.Min(point => point.Y).Should().Be(0);
        line.Should().BeInAscendingOrder(point => point.X);
        svg.Of("point").Should().BeEmpty();
    }

    // The plot of the first test: epoch 2 of 3 is in the middle, 1 of 4 a quarter up.
    [Fact]
    public void A_mark_is_a_ring_with_a_line_to_the_axis_and_its_name_in_the_legend()
    {
        var svg = new SvgDocument(Small().Add("loss", [4, 1, 0]).Mark("best: <1>", 2, 1).Mark("nowhere", 2, double.NaN).ToSvg());

        svg.Circles("mark").Should().Contain((200, 50)).And.HaveCount(2, "one more stands in the legend");
        svg.Texts("legend").Should().Equal("loss", "best: <1>");
        XElement line = svg.Of("mark-line").Single();
        SvgDocument.Number(line, "x1").Should().Be(svg.Plot.Left + 200);
        SvgDocument.Number(line, "y2").Should().Be(svg.Plot.Top + 200);
    }

    [Fact]
    public void A_mark_alone_has_a_place_on_both_axes() =>
        new SvgDocument(Small().Mark("", 7, 0.5).ToSvg()).Circles("mark").Should().Equal((200, 100));

    [Fact]
    public void The_culture_has_no_say()
    {
        string expected = Small().Add("loss", [0.251, -1.733, 1, 2]).ToSvg();
        OtherCulture.Run(() => Small().Add("loss", [0.251, -1.733, 1, 2]).ToSvg()).Should().Be(expected);
    }

    [Fact]
    public void Wrong_arguments_are_refused_in_words()
    {
        FluentActions.Invoking(() => Small().Add("loss", [1, 2], [1, 2, 3])).Should().Throw<ArgumentException>()
            .WithMessage("The series \"loss\" expects as many x as y; got 2 x and 3 y.*");
        FluentActions.Invoking(() => new LineChart("", "", "") { Width = 99 }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Width must be at least 100; got 99.*");
        FluentActions.Invoking(() => new LineChart(null!, "", "")).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => Small().Add(null!, [1])).Should().Throw<ArgumentNullException>();
    }

    private static LineChart Small() => new("Loss", "epoch", "loss") { Width = 400, Height = 200 };
}
