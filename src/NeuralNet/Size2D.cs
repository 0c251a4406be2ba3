namespace NeuralNet;

/// <summary>A height and a width, of a kernel or of its steps. A single number stands for both, and a tuple for the two: <c>3</c>, <c>(3, 5)</c>.</summary>
/// <param name="Height">Down the rows of the image.</param>
/// <param name="Width">Along the columns of the image.</param>
public readonly record struct Size2D(int Height, int Width)
{
    /// <summary>The same height and width.</summary>
    /// <param name="size">Both.</param>
    public static implicit operator Size2D(int size) => FromInt32(size);

    /// <summary>A height and a width.</summary>
    /// <param name="size">The height, then the width.</param>
    public static implicit operator Size2D((int Height, int Width) size) => FromValueTuple(size);

    /// <summary>The same height and width.</summary>
    /// <param name="size">Both.</param>
    /// <returns>The square.</returns>
    public static Size2D FromInt32(int size) => new(size, size);

    /// <summary>A height and a width.</summary>
    /// <param name="size">The height, then the width.</param>
    /// <returns>The size.</returns>
    public static Size2D FromValueTuple((int Height, int Width) size) => new(size.Height, size.Width);

    /// <summary>Height x width.</summary>
    /// <returns>For example <c>3x5</c>.</returns>
    public override string ToString() => $"{Height}x{Width}";
}
