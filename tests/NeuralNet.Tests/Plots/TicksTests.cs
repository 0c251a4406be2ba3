namespace NeuralNet.Tests.Plots;

public class TicksTests
{
    // By hand: the least of 1, 2, 5 times a power of ten that is at least span / about.
    [Theory]
    [InlineData(10, 5, 2)]
    [InlineData(10, 10, 1)]
    [InlineData(11, 5, 5)]
    [InlineData(1, 3, 0.5)]
    [InlineData(0.03, 5, 0.01)]
    [InlineData(7000, 8, 1000)]
    [InlineData(8500, 8, 2000)]
    [InlineData(6, 1, 10)]
    public void A_step_is_1_2_or_5_times_a_power_of_ten(double span, int about, double step) =>
        Ticks.Step(span, about).Should().BeApproximately(step, 1e-12 * step);

    [Theory]
    [InlineData(0, 1, 0.5, "0 0.5 1.0")]
    [InlineData(-1, 1, 0.5, "−1.0 −0.5 0 0.5 1.0")]
    [InlineData(1, 20, 5, "5 10 15 20")]
    [InlineData(0.1, 0.3, 0.1, "0.1 0.2 0.3")]
    [InlineData(2.51, 2.58, 0.02, "2.52 2.54 2.56 2.58")]
    [InlineData(0, 3e6, 1e6, "0 1e6 2e6 3e6")]
    [InlineData(2e6, 3e6, 5e5, "2e6 2.5e6 3e6")]
    [InlineData(-2e-7, 0, 1e-7, "−2e−7 −1e−7 0")]
    [InlineData(0.31, 0.39, 0.1, "")]
    public void Linear_ticks_are_the_multiples_of_the_step(double minimum, double maximum, double step, string labels) =>
        string.Join(' ', Ticks.Linear(minimum, maximum, step).Select(tick => tick.Label)).Should().Be(labels);

    [Theory]
    [InlineData(0.02, 5, 6, "0.02 0.05 0.1 0.2 0.5 1 2 5")]
    [InlineData(0.001, 100, 6, "0.001 0.01 0.1 1 10 100")]
    [InlineData(1e-12, 1, 6, "1e−12 1e−10 1e−8 1e−6 1e−4 1e−2 1e0")]
    [InlineData(2e-6, 1e-5, 6, "2e−6 5e−6 1e−5")]
    public void Logarithmic_ticks_are_powers_of_ten_with_2_and_5_where_there_is_room(double minimum, double maximum, int about, string labels) =>
        string.Join(' ', Ticks.Logarithmic(minimum, maximum, about).Select(tick => tick.Label)).Should().Be(labels);

    [Theory]
    [InlineData(0.3, 0.2, 0.5)]
    [InlineData(0.02, 0.02, 0.02)]
    [InlineData(70, 50, 100)]
    [InlineData(1000, 1000, 1000)]
    [InlineData(1.5e-7, 1e-7, 2e-7)]
    public void Bounds_of_a_logarithmic_axis_are_round(double value, double down, double up)
    {
        Ticks.Round(value, up: false).Should().BeApproximately(down, 1e-12 * down);
        Ticks.Round(value, up: true).Should().BeApproximately(up, 1e-12 * up);
    }
}
