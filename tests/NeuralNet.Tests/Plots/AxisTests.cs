namespace NeuralNet.Tests.Plots;

public class AxisTests
{
    [Theory]
    [InlineData(new[] { 0.13, 2.3 }, false, 0, 2.5)]
    [InlineData(new[] { 3.0, 17.0 }, false, 2, 18)]
    [InlineData(new[] { 0.013, 2.3 }, true, 0.01, 5)]
    [InlineData(new[] { 2.1, 2.3, -1.0, 0.0 }, true, 2.1, 2.3)]
    [InlineData(new double[0], false, 0, 1)]
    [InlineData(new double[0], true, 0.1, 1)]
    [InlineData(new[] { 0.0, 0.0 }, false, -1, 1)]
    [InlineData(new[] { 4.0 }, false, 2, 6)]
    [InlineData(new[] { -4.0 }, false, -6, -2)]
    [InlineData(new[] { 4.0 }, true, 2, 10)]
    [InlineData(new[] { double.NaN, 1, double.PositiveInfinity, 3, 1e301 }, false, 1, 3)]
    [InlineData(new[] { 1, 1 + 1e-15 }, false, 0.4, 1.6)]
    public void A_round_axis_ends_in_ticks_around_the_values(double[] values, bool logarithmic, double minimum, double maximum)
    {
        var axis = Axis.Round(values, 7, logarithmic);

        axis.Minimum.Should().BeApproximately(minimum, 1e-9);
        axis.Maximum.Should().BeApproximately(maximum, 1e-9);
        axis.Marks.Should().HaveCountGreaterThan(1);
    }

    [Theory]
    [InlineData(1e300, -1e300)]
    [InlineData(1e-300, 1e300)]
    [InlineData(5e-324, 0)]
    [InlineData(123456789, 123456790)]
    public void Extreme_values_still_have_ticks_and_a_place_between_the_ends(double one, double other)
    {
        foreach (Axis axis in new[] { Axis.Tight([one, other], 5), Axis.Round([one, other], 5, logarithmic: false), Axis.Round([one, other], 5, logarithmic: true) })
        {
            axis.Marks.Should().HaveCountGreaterThan(0).And.HaveCountLessThan(20);
            if (Axis.Shows(one, axis.Minimum > 0))
                axis.Share(one).Should().BeInRange(-1e-9, 1 + 1e-9);
        }
    }

    [Fact]
    public void Whole_values_have_whole_ticks()
    {
        Axis.Tight([1, 2, 3], 8).Marks.Select(tick => tick.Label).Should().Equal("1", "2", "3");
        Axis.Tight([1, 2.5, 3], 4).Marks.Select(tick => tick.Label).Should().Equal("1.0", "1.5", "2.0", "2.5", "3.0");
        Axis.Tight([7], 8).Marks.Select(tick => tick.Label).Should().Contain("7").And.NotContain(label => label.Contains('.'));
    }

    [Fact]
    public void Equal_ratios_are_equally_far_apart_on_a_logarithmic_axis()
    {
        var axis = Axis.Round([0.01, 100], 6, logarithmic: true);

        axis.Share(0.01).Should().BeApproximately(0, 1e-12);
        axis.Share(1).Should().BeApproximately(0.5, 1e-12);
        axis.Share(10).Should().BeApproximately(0.75, 1e-12);
    }

    [Fact]
    public void Any_range_in_three_parts_holds_a_round_number()
    {
        var random = new CounterRandom(11);
        for (int i = 0; i < 1000; i++)
        {
            double from = random.NextDouble() - 0.5, span = Math.Pow(10, -4 * random.NextDouble());
            Axis.Over(from, from + span, Axis.FewestParts).Marks.Should().NotBeEmpty($"[{from}, {from + span}] has one");
        }
    }
}
