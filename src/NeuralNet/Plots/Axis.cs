namespace NeuralNet;

/// <summary>A range of numbers along one side of a chart, linear or logarithmic, and the ticks that mark it.</summary>
internal sealed class Axis
{
    /// <summary>Into so many parts an axis must be allowed to fall, for any range to hold a round number.</summary>
    public const int FewestParts = 3;

    /// <summary>Beyond this, differences of two values would overflow.</summary>
    private const double Largest = 1e300;

    private readonly bool logarithmic;

    private Axis(double minimum, double maximum, bool logarithmic, Tick[] ticks)
    {
        (Minimum, Maximum, Marks, this.logarithmic) = (minimum, maximum, ticks, logarithmic);
    }

    public double Minimum { get; }

    public double Maximum { get; }

    public IReadOnlyList<Tick> Marks { get; }

    /// <summary>Whether a value has a place in a picture; what has none is a gap.</summary>
    public static bool Shows(double value, bool logarithmic = false) =>
        Math.Abs(value) <= Largest && (!logarithmic || value >= 1 / Largest);

    /// <summary>Exactly the given range.</summary>
    public static Axis Over(double minimum, double maximum, int about) =>
        new(minimum, maximum, logarithmic: false, Ticks.Linear(minimum, maximum, Ticks.Step(maximum - minimum, about)));

    /// <summary>From the least value to the greatest; where all values are whole (epochs, say), so are the ticks.</summary>
    public static Axis Tight(IEnumerable<double> values, int about)
    {
        double[] shown = [.. values.Where(value => Shows(value))];
        (double minimum, double maximum) = Range(shown);
        double step = Ticks.Step(maximum - minimum, about);
        if (shown.Length > 0 && Array.TrueForAll(shown, double.IsInteger))
            step = Math.Max(1, step);
        return new(minimum, maximum, logarithmic: false, Ticks.Linear(minimum, maximum, step));
    }

    /// <summary>From the round number below the least value to the one above the greatest.</summary>
    public static Axis Round(IEnumerable<double> values, int about, bool logarithmic)
    {
        (double minimum, double maximum) = Range([.. values.Where(value => Shows(value, logarithmic))]);
        if (logarithmic && minimum <= 0)
            (minimum, maximum) = (0.1, 1);
        if (logarithmic && maximum / 2 > minimum)
        {
            (minimum, maximum) = (Ticks.Round(minimum, up: false), Ticks.Round(maximum, up: true));
            return new(minimum, maximum, logarithmic, Ticks.Logarithmic(minimum, maximum, about));
        }

        // Less than one doubling, even on a logarithmic scale, is marked in equal steps; none of them can then reach 0.
        double step = Ticks.Step(maximum - minimum, about);
        minimum = Math.Floor((minimum / step) + 1e-9) * step;
        maximum = Math.Ceiling((maximum / step) - 1e-9) * step;
        return new(minimum, maximum, logarithmic, Ticks.Linear(minimum, maximum, step));
    }

    /// <summary>Where a value lies between the ends: 0 at the minimum, 1 at the maximum.</summary>
    public double Share(double value) => (Scaled(value) - Scaled(Minimum)) / (Scaled(Maximum) - Scaled(Minimum));

    /// <summary>Least and greatest; [0, 1] for no values, and room on both sides of values that are all the same.</summary>
    private static (double Minimum, double Maximum) Range(double[] values)
    {
        if (values.Length == 0)
            return (0, 1);

        double minimum = values.Min(), maximum = values.Max();
        double largest = Math.Max(Math.Abs(minimum), Math.Abs(maximum));
        if (maximum - minimum > Math.Max(1e-9 * largest, 1 / Largest))
            return (minimum, maximum);
        double reach = largest >= 1 / Largest ? largest / 2 : 1;
        return (minimum - reach, maximum + reach);
    }

    private double Scaled(double value) => logarithmic ? Math.Log10(value) : value;
}
