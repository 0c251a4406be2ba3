using System.Globalization;

namespace NeuralNet.Onnx;

/// <summary>Numbers as they were meant, though a file has them in float.</summary>
internal static class WrittenNumbers
{
    private const double Tolerance = 1e-6;

    public static bool IsNear(this double number, double meant) => Math.Abs(number - meant) <= Tolerance * Math.Abs(meant);

    /// <summary>The shortest decimal number that is this float: 0.1, where a conversion gives 0.10000000149.</summary>
    public static double AsWritten(this float number) => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
