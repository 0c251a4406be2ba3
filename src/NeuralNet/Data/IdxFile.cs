namespace NeuralNet;

/// <summary>What an IDX file holds: bytes and their dimensions.</summary>
public sealed class IdxFile
{
    internal IdxFile(string path, Shape shape, byte[] values) => (Path, Shape, Values) = (path, shape, values);

    /// <summary>The file it was read from.</summary>
    public string Path { get; }

    /// <summary>The dimensions, the slowest first: for images their number, height and width.</summary>
    public Shape Shape { get; }

    /// <summary>The values, the last dimension running fastest; as many as the shape holds.</summary>
    public byte[] Values { get; }

    /// <summary>The file and the dimensions.</summary>
    /// <returns>For example <c>train-images-idx3-ubyte.gz [60000, 28, 28]</c>.</returns>
    public override string ToString() => $"{Path} {Shape.ToTensorString()}";
}
