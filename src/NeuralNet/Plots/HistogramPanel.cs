namespace NeuralNet;

/// <summary>What a histogram shows of one set of values: counted bins, mean and spread, and what has no place in a bin.</summary>
internal sealed class HistogramPanel
{
    private const int LargestSample = 1 << 16, FewestBins = 8, MostBins = 40, MostTicks = 4;

    /// <summary>A value of exactly 0 that is so frequent (behind a Relu, say) would dwarf all others.</summary>
    private const double ManyZeros = 0.1;

    private HistogramPanel(string name, Tally tally, Axis axis, long[] bins, bool zerosApart)
    {
        (Name, Axis, Bins) = (name, axis, bins);
        Statistics = tally.Shown == 0
            ? "no finite values"
            : $"mean {Ticks.Short(tally.Mean)} · std {Ticks.Short(Math.Sqrt(tally.SquaredDistances / tally.Shown))}"
                + (tally.Least == tally.Greatest ? " · all equal" : $" · {Ticks.Count(bins.Length)} bins");

        // What is wrong stands first.
        long infinite = tally.Count - tally.Shown - tally.NaN;
        string[] notes =
        [
            tally.NaN > 0 ? $"{Ticks.Count(tally.NaN)} NaN" : string.Empty,
            infinite > 0 ? $"{Ticks.Count(infinite)} infinite" : string.Empty,
            $"{Ticks.Count(tally.Count)} {(tally.Count == 1 ? "value" : "values")}",
            zerosApart ? $"{Ticks.Short(100.0 * tally.Zeros / tally.Shown)} % zeros, not drawn" : string.Empty,
        ];
        (Notes, IsBroken) = (string.Join(" · ", notes.Where(note => note.Length > 0)), tally.Shown < tally.Count);
    }

    public string Name { get; }

    public Axis Axis { get; }

    /// <summary>How many values lie in each of the bins of equal width between the ends of the axis.</summary>
    public long[] Bins { get; }

    public string Statistics { get; }

    public string Notes { get; }

    /// <summary>Whether there are values that are not finite.</summary>
    public bool IsBroken { get; }

    /// <param name="name">The name.</param>
    /// <param name="values">The values.</param>
    /// <param name="bins">The number of bins; 0 to choose it.</param>
    public static HistogramPanel Of<T>(string name, ReadOnlySpan<T> values, int bins)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tally tally = Take(values);
        bool zerosApart = tally.Zeros < tally.Shown && tally.Zeros > ManyZeros * tally.Shown;
        var axis = Axis.Tight(tally.Shown == 0 ? [] : zerosApart ? [tally.LeastButZero, tally.GreatestButZero] : [tally.Least, tally.Greatest], MostTicks);
        var counts = new long[bins > 0 ? bins : Choose(values, axis, zerosApart)];
        foreach (T element in values)
        {
            double value = double.CreateChecked(element);
            if (!Axis.Shows(value) || (zerosApart && value == 0))
                continue;
            counts[Math.Clamp((int)(axis.Share(value) * counts.Length), 0, counts.Length - 1)]++;
        }

        return new HistogramPanel(name, tally, axis, counts, zerosApart);
    }

    private static Tally Take<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var tally = new Tally { Count = values.Length };
        foreach (T element in values)
        {
            double value = double.CreateChecked(element);
            if (double.IsNaN(value))
                tally.NaN++;
            if (!Axis.Shows(value))
                continue;

            // Welford 1962: mean and squared distances from it in one pass, without cancellation.
            double distance = value - tally.Mean;
            tally.Mean += distance / ++tally.Shown;
            tally.SquaredDistances += distance * (value - tally.Mean);
            (tally.Least, tally.Greatest) = (Math.Min(tally.Least, value), Math.Max(tally.Greatest, value));
            if (value == 0)
                tally.Zeros++;
            else
                (tally.LeastButZero, tally.GreatestButZero) = (Math.Min(tally.LeastButZero, value), Math.Max(tally.GreatestButZero, value));
        }

        return tally;
    }

    /// <summary>Freedman and Diaconis 1981: bins of the width 2·IQR/n^(1/3), the quartiles taken from evenly spaced values where there are very many.</summary>
    private static int Choose<T>(ReadOnlySpan<T> values, Axis axis, bool zerosApart)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = (values.Length / LargestSample) + 1;
        var sample = new List<double>();
        for (int i = 0; i < values.Length; i += stride)
        {
            double value = double.CreateChecked(values[i]);
            if (Axis.Shows(value) && !(zerosApart && value == 0))
                sample.Add(axis.Share(value));
        }

        if (sample.Count == 0)
            return FewestBins;
        sample.Sort();
        double range = sample[(int)(0.75 * (sample.Count - 1))] - sample[(int)(0.25 * (sample.Count - 1))];
        double width = 2 * range / Math.Cbrt((double)sample.Count * stride);
        return width > 0 ? (int)Math.Clamp(Math.Ceiling(1 / width), FewestBins, MostBins) : MostBins;
    }

    private sealed class Tally
    {
        public long Count, Shown, NaN, Zeros;
        public double Mean, SquaredDistances;
        public double Least = double.PositiveInfinity, Greatest = double.NegativeInfinity;
        public double LeastButZero = double.PositiveInfinity, GreatestButZero = double.NegativeInfinity;
    }
}
