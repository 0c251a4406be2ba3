namespace NeuralNet.Kernels;

/// <summary>What each byte stands for: <c>byte · factor</c>, computed in double and rounded once.</summary>
internal sealed class ByteTable<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] values = new T[byte.MaxValue + 1];

    public ByteTable(double factor)
    {
        for (int value = 0; value < values.Length; value++)
            values[value] = T.CreateChecked(value * factor);
        if (values is float[] floats)
            Scale = ByteScale.For(factor, floats);
    }

    /// <summary>The number of each byte.</summary>
    public ReadOnlySpan<T> Values => values;

    /// <summary>How to compute the same floats without the table, where that is possible.</summary>
    public ByteScale? Scale { get; }
}
