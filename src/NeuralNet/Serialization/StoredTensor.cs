namespace NeuralNet;

/// <summary>A tensor of a file, read when it is wanted.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="DataType">The format's word for the type of its numbers.</param>
/// <param name="Shape">Its dimensions; none for a scalar, and a dimension may be 0.</param>
/// <param name="Read">Reads its numbers and converts them, the last dimension running fastest.</param>
internal sealed record StoredTensor<T>(string Name, string DataType, IReadOnlyList<long> Shape, Func<T[]> Read)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public bool HasShape(Shape shape) => Shape.Count == shape.Rank && Shape.Index().All(dimension => dimension.Item == shape[dimension.Index]);

    public override string ToString() => $"{Guard.Excerpt(Name)} {DataType} [{Guard.Excerpt(string.Join(", ", Shape))}]";
}
