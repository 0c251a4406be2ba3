namespace NeuralNet;

/// <summary>How far a sliding window may reach beyond an image, on each side: so many rows and columns, or <see cref="Same"/>.</summary>
public readonly record struct Padding
{
    private Padding(Size2D size, bool isSame) => (Size, IsSame) = (size, isSame);

    /// <summary>As much as makes the output as large as the input, for a stride above 1 as large as the input divided by it, rounded up. An odd row or column comes last.</summary>
    public static Padding Same { get; } = new(0, isSame: true);

    /// <summary>No padding; also called valid.</summary>
    public static Padding None => default;

    /// <summary>Whether it follows from the input's size.</summary>
    public bool IsSame { get; }

    /// <summary>How many rows above and below, and how many columns to the left and to the right; 0 if it follows from the input's size.</summary>
    public Size2D Size { get; }

    /// <summary>So many rows and columns on each side.</summary>
    /// <param name="size">The number, at least 0.</param>
    public static implicit operator Padding(int size) => FromInt32(size);

    /// <summary>So many rows and columns on each side.</summary>
    /// <param name="size">The rows, then the columns, each at least 0.</param>
    public static implicit operator Padding((int Height, int Width) size) => FromValueTuple(size);

    /// <summary>So many rows and columns on each side.</summary>
    /// <param name="size">The number, at least 0.</param>
    /// <returns>The padding.</returns>
    public static Padding FromInt32(int size) => FromValueTuple((size, size));

    /// <summary>So many rows and columns on each side.</summary>
    /// <param name="size">The rows, then the columns, each at least 0.</param>
    /// <returns>The padding.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 0.</exception>
    public static Padding FromValueTuple((int Height, int Width) size) =>
        new((Guard.AtLeast(0, size.Height, "padding"), Guard.AtLeast(0, size.Width, "padding")), isSame: false);

    /// <summary>The padding in a word.</summary>
    /// <returns><c>same</c>, or for example <c>1x1</c>.</returns>
    public override string ToString() => IsSame ? "same" : Size.ToString();

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    internal static Padding Parse(string text)
    {
        if (text == "same")
            return Same;
        string[] sizes = text.Split('x');
        return sizes.Length == 2 && int.TryParse(sizes[0], out int height) && int.TryParse(sizes[1], out int width)
            ? (height, width)
            : throw new InvalidDataException($"A padding expects \"same\" or two numbers such as 1x1, found \"{text}\".");
    }
}
