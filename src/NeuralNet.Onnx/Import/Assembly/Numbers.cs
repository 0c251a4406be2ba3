namespace NeuralNet.Onnx;

/// <summary>Numbers of a file in the network's precision.</summary>
internal static class Numbers
{
    /// <summary>Puts numbers into a parameter or state, whose memory is in the file's order.</summary>
    public static void CopyTo<T>(this double[] numbers, Matrix<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] values = target.AsColumnMajorArray();
        for (int i = 0; i < values.Length; i++)
            values[i] = T.CreateTruncating(numbers[i]);
    }

    /// <summary>Numbers as a matrix of one row.</summary>
    public static Matrix<T> ToRow<T>(this double[] numbers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Matrix<T> row = Matrix<T>.Build.Dense(1, numbers.Length);
        numbers.CopyTo(row);
        return row;
    }
}
