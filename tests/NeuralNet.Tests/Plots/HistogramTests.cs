using System.Xml.Linq;

namespace NeuralNet.Tests.Plots;

public class HistogramTests
{
    // 1, 2, 2, 3, 3, 3, 5, 5 in four bins [1, 2), [2, 3), [3, 4), [4, 5]: 1, 2, 3, 2 values; mean 3, variance (4 + 1 + 1 + 0 + 0 + 0 + 4 + 4) / 8.
    [Fact]
    public void Bars_are_as_high_as_their_counts()
    {
        var svg = new SvgDocument(new Histogram("Weights") { Bins = 4 }.Add("0.weight", [1.0, 2, 2, 3, 3, 3, 5, 5]).ToSvg());

        XElement[] bars = Bars(svg, 0);
        bars.Select(bar => SvgDocument.Number(bar, "height")).Should().Equal(32, 64, 96, 64);
        bars.Select(bar => SvgDocument.Number(bar, "x") - SvgDocument.Number(bars[0], "x")).Should().Equal(0, 53, 106, 159);
        svg.Texts("name").Should().Equal("0.weight");
        svg.Texts("statistics").Should().Equal("mean 3.00 · std 1.32 · 4 bins");
        svg.Texts("notes").Should().Equal("8 values");
        svg.Texts("tick-x").Should().Equal("1", "2", "3", "4", "5");
        svg.Title.Should().Be("Weights");
    }

    [Fact]
    public void Values_that_are_not_finite_are_counted_and_named_first()
    {
        var svg = new SvgDocument(new Histogram("").Add("a", [1, float.NaN, 2, float.PositiveInfinity, float.NaN, float.NegativeInfinity]).ToSvg());

        svg.Texts("notes").Should().Equal("2 NaN · 2 infinite · 6 values");
        svg.Texts("statistics").Single().Should().StartWith("mean 1.50 · std 0.500 ·");
        svg.Of("notes").Single().Attribute("fill")!.Value.Should().Be("#D55E00");
    }

    [Fact]
    public void Zeros_among_other_values_are_named_and_not_drawn()
    {
        var svg = new SvgDocument(new Histogram("") { Bins = 2 }.Add("relu", [0.0, 0, 0, 0, 0, 0, 1, 3]).Add("few zeros", [0.0, .. Enumerable.Repeat(1.0, 20)]).ToSvg());

        svg.Texts("notes").Should().Equal("8 values · 75.0 % zeros, not drawn", "21 values");
        svg.Texts("statistics")[0].Should().Be("mean 0.500 · std 1.00 · 2 bins");
        Bars(svg, 0).Select(bar => SvgDocument.Number(bar, "height")).Should().Equal(96, 96);
        Bars(svg, 1).Should().HaveCount(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(-1e-300)]
    [InlineData(1e300)]
    public void Equal_values_are_one_bar_in_the_middle(double value)
    {
        var svg = new SvgDocument(new Histogram("") { Bins = 3 }.Add("equal", [value, value, value]).ToSvg());

        XElement bar = Bars(svg, 0).Should().ContainSingle().Subject;
        SvgDocument.Number(bar, "x").Should().BeApproximately(20 + (212 / 3.0), 0.01);
        svg.Texts("statistics").Single().Should().EndWith("std 0 · all equal");
    }

    [Fact]
    public void Nothing_and_nothing_finite_give_panels_without_bars()
    {
        new SvgDocument(new Histogram("empty").ToSvg()).Texts("remark").Should().Equal("no data");

        var svg = new SvgDocument(new Histogram("").Add("nothing", ReadOnlySpan<double>.Empty).Add("NaN", [double.NaN]).ToSvg());
        svg.Texts("statistics").Should().Equal("no finite values", "no finite values");
        svg.Texts("notes").Should().Equal("0 values", "1 NaN · 1 value");
        svg.Of("bars").Should().BeEmpty();
    }

    // 1,000 evenly spaced values: the quartiles are half the range apart, so bins have the width 2 · 0.5 · range / 10.
    [Fact]
    public void The_number_of_bins_is_that_of_Freedman_and_Diaconis_from_8_to_40()
    {
        Count(Enumerable.Range(0, 1000).Select(i => i / 999.0)).Should().EndWith("· 10 bins");
        Count([1, 2, 3]).Should().EndWith("· 8 bins");
        Count(Enumerable.Range(0, 1_000_000).Select(i => (double)i)).Should().EndWith("· 40 bins");
        Count([.. Enumerable.Repeat(1.0, 100), 2, 3, 4]).Should().EndWith("· 40 bins", "quartiles that are equal ask for the narrowest");

        static string Count(IEnumerable<double> values) => new SvgDocument(new Histogram("").Add("a", values.ToArray()).ToSvg()).Texts("statistics").Single();
    }

    [Fact]
    public void Panels_stand_in_rows_and_long_names_are_cut_but_kept_in_the_tip()
    {
        var histogram = new Histogram("<script>") { Columns = 2 };
        for (int i = 0; i < 5; i++)
            histogram.Add($"{i} <script> a layer whose name is far too long for one line", [1.0, 2]);
        var svg = new SvgDocument(histogram.ToSvg());

        svg.Of("panel").Should().HaveCount(5);
        svg.Of("name").Select(name => SvgDocument.Number(name, "x")).Distinct().Should().HaveCount(2);
        svg.Of("name").Select(name => SvgDocument.Number(name, "y")).Distinct().Should().HaveCount(3);
        svg.Texts("name")[0].Should().StartWith("0 <script> a layer").And.EndWith("…");
        svg.Of("panel")[0].Elements().First().Value.Should().StartWith("0 <script> a layer whose name is far too long for one line: mean 1.50");
    }

    [Fact]
    public void Floats_and_doubles_give_the_same_picture_in_every_culture()
    {
        string picture = new Histogram("").Add("a", [-0.5, 0.25, 4000]).ToSvg();

        new Histogram("").Add("a", [-0.5f, 0.25f, 4000f]).ToSvg().Should().Be(picture);
        OtherCulture.Run(() => new Histogram("").Add("a", [-0.5, 0.25, 4000]).ToSvg()).Should().Be(picture);
    }

    [Fact]
    public void Wrong_arguments_are_refused_in_words()
    {
        FluentActions.Invoking(() => new Histogram(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new Histogram("") { Bins = 201 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Bins must be in [0, 200]; got 201.*");
        FluentActions.Invoking(() => new Histogram("") { Columns = 0 }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new Histogram("").Add(null!, [1.0])).Should().Throw<ArgumentNullException>();
    }

    private static XElement[] Bars(SvgDocument svg, int panel) => [.. svg.Of("bars")[panel].Elements()];
}
