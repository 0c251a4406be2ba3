using System.Globalization;

namespace NeuralNet;

/// <summary>The shape of one sample or of one parameter: a list of dimensions, each at least 1, compared by value.</summary>
/// <remarks>An image is (channels, height, width); a row of the batch holds it in that order, so flattening it changes nothing in memory.</remarks>
public sealed class Shape : IEquatable<Shape>
{
    private readonly int[] dimensions;

    /// <summary>Creates a shape.</summary>
    /// <param name="dimensions">The dimensions, at least one, each at least 1.</param>
    /// <exception cref="ArgumentException">There are no dimensions, or their product is more than an array can hold.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is less than 1.</exception>
    public Shape(params ReadOnlySpan<int> dimensions)
    {
        if (dimensions.IsEmpty)
            throw new ArgumentException("A shape needs at least one dimension.", nameof(dimensions));

        this.dimensions = dimensions.ToArray();
        long size = 1;
        foreach (int dimension in this.dimensions)
        {
            Guard.InRange(dimension, dimension >= 1, "at least 1", nameof(dimensions));
            size *= dimension;
            if (size > Array.MaxLength)
                throw new ArgumentException($"The shape {this} holds more than the {Array.MaxLength} numbers that fit into one array.", nameof(dimensions));
        }

        Size = (int)size;
    }

    /// <summary>The number of dimensions.</summary>
    public int Rank => dimensions.Length;

    /// <summary>The product of the dimensions: how many numbers it holds.</summary>
    public int Size { get; }

    /// <summary>The dimensions in order.</summary>
    public ReadOnlySpan<int> Dimensions => dimensions;

    /// <summary>One dimension.</summary>
    /// <param name="index">Its index, from 0 to <see cref="Rank"/> - 1.</param>
    public int this[int index] => dimensions[index];

    /// <summary>A flat shape.</summary>
    /// <param name="size">The number of features.</param>
    public static implicit operator Shape(int size) => FromInt32(size);

    /// <summary>A flat shape.</summary>
    /// <param name="size">The number of features, at least 1.</param>
    /// <returns>The shape of one dimension.</returns>
    public static Shape FromInt32(int size) => new(size);

    /// <summary>Whether two shapes have the same dimensions.</summary>
    /// <param name="left">One shape.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Shape? left, Shape? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two shapes differ.</summary>
    /// <param name="left">One shape.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Shape? left, Shape? right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && Dimensions.SequenceEqual(other.Dimensions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int dimension in dimensions)
            hash.Add(dimension);
        return hash.ToHashCode();
    }

    /// <summary>The dimensions joined by x.</summary>
    /// <returns>For example <c>1x28x28</c>.</returns>
    public override string ToString() => Join("x");

    /// <summary>The dimensions as PyTorch writes them: <c>[100, 784]</c>.</summary>
    internal string ToTensorString() => $"[{Join(", ")}]";

    /// <summary>The dimensions and, where there are several, how many numbers that makes: <c>30x12x12 = 4320</c>.</summary>
    internal string ToSizeString() => Rank == 1 ? ToString() : string.Create(CultureInfo.InvariantCulture, $"{this} = {Size}");

    private string Join(string separator) => string.Join(separator, dimensions.Select(dimension => dimension.ToString(CultureInfo.InvariantCulture)));
}
