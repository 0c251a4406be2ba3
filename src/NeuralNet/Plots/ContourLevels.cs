using System.Globalization;

namespace NeuralNet;

/// <summary>The choice of levels where none are given.</summary>
internal static class ContourLevels
{
    /// <summary>Levels of two digits between which lie areas that grow as 1, 3, 5, ...: rings at equal distances on a bowl, whatever its heights.</summary>
    public static double[] Choose(double[] values, int parts)
    {
        double[] sorted = [.. values.Where(value => Axis.Shows(value)).Order()];
        if (sorted.Length == 0)
            return [];
        return
        [
            .. Enumerable.Range(1, parts - 1)
                .Select(part => TwoDigits(sorted[(int)((sorted.Length - 1) * ((double)part / parts) * ((double)part / parts))]))
                .Where(level => level > sorted[0] && level < sorted[^1])
                .Distinct(),
        ];
    }

    private static double TwoDigits(double value) => double.Parse(value.ToString("E1", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
