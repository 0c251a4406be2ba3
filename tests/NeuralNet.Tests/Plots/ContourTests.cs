namespace NeuralNet.Tests.Plots;

public class ContourTests
{
    // One peak of 4 in the middle of 3 x 3 zeros: the level 1 crosses each of the four edges at a quarter from its outer end.
    [Fact]
    public void A_peak_has_a_closed_line_around_it()
    {
        List<(double X, double Y)> line = ContourLines.Trace([0, 0, 0, 0, 4, 0, 0, 0, 0], 3, 1).Should().ContainSingle().Subject;

        line.Should().HaveCount(5);
        line[0].Should().Be(line[^1]);
        line.Skip(1).Should().BeEquivalentTo(new (double, double)[] { (1, 0.25), (1.75, 1), (1, 1.75), (0.25, 1) });
    }

    // The plane x + 2y over 3 x 2 points; the line of 1 leaves through (1, 0) and (0, 1/2), that of 2.5 through (0.5, 1) and (2, 0.25).
    [Theory]
    [InlineData(1, 1, 0, 0, 0.5)]
    [InlineData(2.5, 0.5, 1, 2, 0.25)]
    public void A_plane_has_one_straight_line(double level, double fromX, double fromY, double toX, double toY)
    {
        List<(double X, double Y)> line = ContourLines.Trace([0, 1, 2, 2, 3, 4], 3, level).Should().ContainSingle().Subject;

        new[] { line[0], line[^1] }.Should().BeEquivalentTo(new[] { (fromX, fromY), (toX, toY) });
        line.Should().OnlyContain(point => Math.Abs(point.X + (2 * point.Y) - level) < 1e-12);
    }

    // The middle of a saddle is the mean: 1 (below 1.5: the high corners are apart) or 2 (above 1.5: they are connected).
    [Theory]
    [InlineData(2, 0)]
    [InlineData(4, 0)]
    [InlineData(0, 2)]
    [InlineData(0, 4)]
    public void A_saddle_has_two_lines_decided_by_its_middle(double main, double side)
    {
        List<List<(double X, double Y)>> lines = ContourLines.Trace([main, side, side, main], 2, 1.5);

        lines.Should().HaveCount(2).And.OnlyContain(line => line.Count == 2);
        // A line around a corner has both ends near it: which corners, (0, 0) and (1, 1) or the others?
        bool aroundMain = lines.Any(line => line.All(point => point.X == 0 || point.Y == 0));
        aroundMain.Should().Be(main == 2 || side == 4);
    }

    [Fact]
    public void Cells_that_are_not_finite_have_no_line()
    {
        ContourLines.Trace([0, 1, double.NaN, 1], 2, 0.5).Should().BeEmpty();
        ContourLines.Trace([0, 1, 0, double.PositiveInfinity], 2, 0.5).Should().BeEmpty();
        ContourLines.Trace([3, 3, 3, 3], 2, 3).Should().BeEmpty();
    }

    // On x² + y² over a disc the share of samples below r² grows as r²; the levels are then the squares of equal radii.
    [Fact]
    public void Chosen_levels_are_rings_at_equal_distances()
    {
        double[] values = [.. Enumerable.Range(0, 10_001).Select(index => index / 10_000.0)];

        ContourLevels.Choose(values, 5).Should().Equal(0.04, 0.16, 0.36, 0.64);
        ContourLevels.Choose([2, 2, 2], 5).Should().BeEmpty();
        ContourLevels.Choose([double.NaN], 5).Should().BeEmpty();
    }

    // A rectangle of 20 x 10 is drawn as 560 x 280: 28 pixels a unit both ways; (-7, 2) is 84 right and 196 above the corner (-10, -5).
    [Fact]
    public void Path_and_circle_land_where_the_axes_say()
    {
        var svg = new SvgDocument(Bowl().AddPath("descent", [(-7, 2), (0, 0), (10, 5)]).ToSvg());

        svg.Plot.Width.Should().Be(560);
        svg.Plot.Height.Should().Be(280);
        svg.Lines("path").Should().ContainSingle().Which.Should().Equal((84, 196), (280, 140), (560, 280));
        svg.Circles("start").Should().Contain((84, 196));
        svg.Circles("end").Should().Contain((560, 280));
        svg.Circles("point").Should().Equal((280, 140));

        // The level 16 of x² + y² is the circle of radius 4, 112 pixels, around the middle; linear interpolation on a grid of 0.125 is exact to 0.01.
        (double X, double Y)[] circle = svg.Lines("contour").Should().ContainSingle().Subject;
        circle.Should().OnlyContain(point => Math.Abs(Math.Sqrt(((point.X - 280) * (point.X - 280)) + ((point.Y - 140) * (point.Y - 140))) - 112) < 0.05);
        svg.Texts("level").Should().Equal("16");
        svg.Texts("legend").Should().Equal("descent", "start", "end");
    }

    // From the middle straight up and back: y = 15 is outside, the border y = 5 is crossed on the way out and in.
    [Fact]
    public void A_path_is_cut_at_the_border_and_interrupted_by_NaN()
    {
        (double, double)[] path = [(0, 0), (0, 15), (5, -5), (double.NaN, 0), (-10, -5), (-5, 0), (1e305, 0), (3, 3)];
        var svg = new SvgDocument(Bowl().AddPath("", path).ToSvg());

        (double X, double Y)[][] lines = svg.Lines("path");
        lines.Should().HaveCount(4);
        lines[0].Should().Equal((280, 140), (280, 280));
        lines[1].Should().Equal((350, 280), (420, 0));
        lines[2].Should().Equal((0, 0), (140, 140));
        lines[3].Should().Equal((364, 224));
    }

    [Fact]
    public void A_long_rectangle_is_drawn_as_four_to_one()
    {
        var svg = new SvgDocument(new ContourChart("", "", "", (x, y) => x * y, (0, 1), (0, 1000)).ToSvg());

        svg.Plot.Width.Should().Be(140);
        svg.Plot.Height.Should().Be(560);
        svg.Texts("legend").Should().BeEmpty();
    }

    [Fact]
    public void A_constant_and_a_function_without_values_give_an_empty_plot()
    {
        foreach (double value in new[] { 3, double.NaN, double.PositiveInfinity })
            new SvgDocument(new ContourChart("", "", "", (_, _) => value, (0, 1), (0, 1)).ToSvg()).Of("contour").Should().BeEmpty();
    }

    [Fact]
    public void Wrong_arguments_are_refused_in_words()
    {
        FluentActions.Invoking(() => new ContourChart("", "", "", (x, _) => x, (1, 1), (0, 1))).Should().Throw<ArgumentException>()
            .WithMessage("x must run from a finite number to a greater one; got [1, 1].*");
        FluentActions.Invoking(() => new ContourChart("", "", "", (x, _) => x, (0, 1), (0, double.NaN))).Should().Throw<ArgumentException>()
            .WithMessage("y must run from a finite number to a greater one; got [0, NaN].*");
        FluentActions.Invoking(() => new ContourChart("", "", "", (x, _) => x, (0, 1), (0, 1)) { Samples = 1 }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Samples must be in [2, 2000]; got 1.*");
        FluentActions.Invoking(() => new ContourChart("", "", "", null!, (0, 1), (0, 1))).Should().Throw<ArgumentNullException>();
    }

    private static ContourChart Bowl() =>
        new("Bowl", "x0", "x1", (x, y) => (x * x) + (y * y), (-10, 10), (-5, 5)) { Levels = [16], Samples = 161 };
}
