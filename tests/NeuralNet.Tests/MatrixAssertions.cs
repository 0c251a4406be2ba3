using System.Globalization;

namespace NeuralNet.Tests;

/// <summary>What "equal" means in these tests.</summary>
internal static class MatrixAssertions
{
    public const double DoubleTolerance = 1e-12;
    public const double SingleTolerance = 1e-5;

    /// <summary>Normwise relative: max|found - expected| / max|expected|; absolute where all that is expected is 0.</summary>
    public static void ShouldBeClose<T>(this Matrix<T> found, Matrix<double> expected, double tolerance, string what = "the matrix")
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (found.RowCount, found.ColumnCount).Should().Be((expected.RowCount, expected.ColumnCount), "{0} has that shape", what);
        double largest = expected.Enumerate().Max(Math.Abs);
        for (int row = 0; row < expected.RowCount; row++)
        {
            for (int column = 0; column < expected.ColumnCount; column++)
            {
                double value = double.CreateTruncating(found[row, column]);
                double error = Math.Abs(value - expected[row, column]) / (largest == 0 ? 1 : largest);
                // The assertion is slow to build, so it is built for what fails; NaN fails.
                if (!(error <= tolerance))
                    error.Should().BeLessThanOrEqualTo(tolerance, "{0}[{1}, {2}] should be {3} and is {4}", what, row, column, Text(expected[row, column]), Text(value));
            }
        }
    }

    /// <summary>One number, relative to what is expected.</summary>
    public static void ShouldBeClose(this double found, double expected, double tolerance, string what = "the number") =>
        (Math.Abs(found - expected) / Math.Max(Math.Abs(expected), double.Epsilon)).Should().BeLessThanOrEqualTo(tolerance, "{0} should be {1} and is {2}", what, Text(expected), Text(found));

    /// <summary>Every bit: NaN equals NaN, and 0 is not -0.</summary>
    public static void ShouldBeBits<T>(this Matrix<T> found, Matrix<T> expected, string what = "the matrix")
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (found.RowCount, found.ColumnCount).Should().Be((expected.RowCount, expected.ColumnCount), "{0} has that shape", what);
        for (int row = 0; row < expected.RowCount; row++)
        {
            for (int column = 0; column < expected.ColumnCount; column++)
            {
                if (Bits(found[row, column]) != Bits(expected[row, column]))
                    Bits(found[row, column]).Should().Be(Bits(expected[row, column]), "{0}[{1}, {2}] should be {3} to the bit and is {4}", what, row, column, expected[row, column], found[row, column]);
            }
        }
    }

    /// <summary>Every value, NaN being equal to NaN and 0 to -0.</summary>
    public static void ShouldBeValues<T>(this Matrix<T> found, Matrix<T> expected)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        found.ToRowMajorArray().Select(Text).Should().Equal(expected.ToRowMajorArray().Select(Text));

    private static long Bits<T>(T value)
        where T : unmanaged, IFloatingPointIeee754<T> => BitConverter.DoubleToInt64Bits(double.CreateTruncating(value));

    private static string Text<T>(T value)
        where T : unmanaged, IFloatingPointIeee754<T> => (value + T.Zero).ToString("r", CultureInfo.InvariantCulture);
}
