namespace NeuralNet.Benchmarks;

/// <summary>
/// Numbers that look random and are a pure function of their place, so that the workers of <c>Peers/peers.py</c>, which hold the same formula, compute on the same data.
/// Element (row, column) of a matrix has the index row · columns + column; all values are exact in single precision.
/// </summary>
internal static class Sample
{
    private const double UnitPerStep = 1.0 / (1 << 24);

    /// <summary>A column-major matrix of numbers from -0.5 to 0.5; the start is the index of its first element.</summary>
    public static T[] Centred<T>(int rows, int columns, int start)
        where T : unmanaged, IFloatingPointIeee754<T> => Fill<T>(rows, columns, start, offset: -0.5);

    /// <summary>A column-major matrix of numbers from 0 to 1, as pixels are.</summary>
    public static T[] Unit<T>(int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T> => Fill<T>(rows, columns, start: 0, offset: 0);

    public static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
            bytes[i] = (byte)(Hash((uint)i) >> 24);
        return bytes;
    }

    public static int[] Labels(int count, int classes)
    {
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
            labels[i] = (int)((Hash((uint)i) >> 8) % (uint)classes);
        return labels;
    }

    private static T[] Fill<T>(int rows, int columns, int start, double offset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = new T[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                values[(column * rows) + row] = T.CreateChecked(((Hash((uint)(start + (row * columns) + column)) >> 8) * UnitPerStep) + offset);
        }

        return values;
    }

    // A multiplication and two rounds of mixing, modulo 2^32.
    private static uint Hash(uint index)
    {
        uint hash = index * 2654435761u;
        hash = (hash ^ (hash >> 16)) * 2246822507u;
        return hash ^ (hash >> 13);
    }
}
