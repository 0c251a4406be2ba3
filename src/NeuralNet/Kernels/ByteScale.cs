namespace NeuralNet.Kernels;

/// <summary>A factor as the sum of two floats: <c>fma(byte, High, byte·Low)</c> is the product in double, rounded once.</summary>
/// <param name="High">The factor, rounded.</param>
/// <param name="Low">What that leaves.</param>
internal readonly record struct ByteScale(float High, float Low)
{
    /// <summary>The two floats of a factor, if they give every byte's exact entry in a table.</summary>
    /// <returns>The scale, or <see langword="null"/> where the table must be used itself.</returns>
    public static ByteScale? For(double factor, ReadOnlySpan<float> table)
    {
        float high = (float)factor;
        var scale = new ByteScale(high, (float)(factor - high));
        for (int value = 0; value < table.Length; value++)
        {
            float scaled = MathF.FusedMultiplyAdd(value, scale.High, value * scale.Low);
            if (BitConverter.SingleToInt32Bits(scaled) != BitConverter.SingleToInt32Bits(table[value]))
                return null;
        }

        return scale;
    }
}
