using System.Globalization;

namespace NeuralNet.Onnx;

/// <summary>Numbers rounded to float, in which ONNX files are written.</summary>
internal static class Singles
{
    /// <summary>Rounds numbers; infinities and NaN stay.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="what">What they are, for the error.</param>
    /// <exception cref="NotSupportedException">A finite number is larger than any float.</exception>
    public static float[] Of<T>(ReadOnlySpan<T> values, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var singles = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            singles[i] = float.CreateTruncating(values[i]);
            if (float.IsInfinity(singles[i]) && T.IsFinite(values[i]))
                throw new NotSupportedException($"{what}: {values[i].ToString(null, CultureInfo.InvariantCulture)} is larger than any float, and ONNX files are written in float.");
        }

        return singles;
    }
}
