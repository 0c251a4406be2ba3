using System.Globalization;

namespace NeuralNet;

/// <summary>Round numbers to mark an axis with: multiples of 1, 2 or 5 times a power of ten.</summary>
internal static class Ticks
{
    private const double Tolerance = 1e-9;

    /// <summary>The smallest of 1, 2, 5 times a power of ten that divides a span into at most <paramref name="about"/> parts.</summary>
    public static double Step(double span, int about)
    {
        double least = span / about;
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        foreach (int multiple in (ReadOnlySpan<int>)[1, 2, 5])
        {
            if (multiple * power >= least * (1 - Tolerance))
                return multiple * power;
        }

        return 10 * power;
    }

    /// <summary>The multiples of a step from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    public static Tick[] Linear(double minimum, double maximum, double step)
    {
        double first = Math.Ceiling((minimum / step) - Tolerance), last = Math.Floor((maximum / step) + Tolerance);
        string format = Format(Math.Max(Math.Abs(minimum), Math.Abs(maximum)), step);
        var ticks = new List<Tick>();
        for (double index = first; index <= last; index++)
        {
            // Adding 0 makes -0 a plain 0.
            double value = (index * step) + 0.0;
            ticks.Add(new Tick(value, value == 0 ? "0" : Text(value, format)));
        }

        return [.. ticks];
    }

    /// <summary>Powers of ten, thinned where they are many; with their multiples by 2 and 5 where they are few.</summary>
    public static Tick[] Logarithmic(double minimum, double maximum, int about)
    {
        double low = Math.Log10(minimum), high = Math.Log10(maximum);
        int stride = Math.Max(1, (int)Math.Ceiling((high - low) / about));
        ReadOnlySpan<int> multiples = 2 * (high - low) <= about ? [1, 2, 5] : [1];
        string format = minimum >= 1e-4 && maximum <= 1e5 ? "0.####" : "0.#e0";

        var ticks = new List<Tick>();
        for (int exponent = (int)Math.Floor(low); exponent <= high + Tolerance; exponent++)
        {
            if (exponent % stride != 0)
                continue;
            foreach (int multiple in multiples)
            {
                double value = multiple * Math.Pow(10, exponent);
                if (value >= minimum * (1 - Tolerance) && value <= maximum * (1 + Tolerance))
                    ticks.Add(new Tick(value, Text(value, format)));
            }
        }

        return [.. ticks];
    }

    /// <summary>The nearest of 1, 2, 5 times a power of ten that is at most, or at least, a positive value.</summary>
    public static double Round(double value, bool up)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(value) + Tolerance));
        double mantissa = value / power;
        if (up)
            return power * (mantissa <= 1 + Tolerance ? 1 : mantissa <= 2 + Tolerance ? 2 : mantissa <= 5 + Tolerance ? 5 : 10);
        return power * (mantissa >= 5 - Tolerance ? 5 : mantissa >= 2 - Tolerance ? 2 : 1);
    }

    /// <summary>A number for a picture: invariant, with a true minus sign.</summary>
    public static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '\u2212');

    /// <summary>A number of three digits for a text in a picture.</summary>
    public static string Short(double value)
    {
        double size = Math.Abs(value);
        if (size is >= 1e-3 and < 1e5)
            return Text(value, "F" + Guard.Number(Math.Max(0, 2 - (int)Math.Floor(Math.Log10(size)))));
        return value == 0 ? "0" : Text(value, "0.##e0");
    }

    /// <summary>A count, in groups of three digits.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>As many decimals as the step has; powers of ten where plain digits would be too many.</summary>
    private static string Format(double largest, double step)
    {
        int decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + Tolerance));
        if (largest < 1e6 && decimals <= 5)
            return "F" + Guard.Number(decimals);
        int digits = Math.Max(1, (int)Math.Ceiling(Math.Log10(largest) - Math.Log10(step) - Tolerance));
        return $"0.{new string('#', digits)}e0";
    }
}
