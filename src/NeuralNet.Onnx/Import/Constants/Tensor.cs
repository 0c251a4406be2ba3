namespace NeuralNet.Onnx;

/// <summary>Numbers of a file, with their dimensions, the last running fastest: real or whole, every kind in the widest of its sort.</summary>
internal sealed class Tensor
{
    private readonly double[]? reals;
    private readonly long[]? integers;

    public Tensor(int[] dimensions, double[] reals) => (Dimensions, this.reals, Count) = (dimensions, reals, reals.Length);

    public Tensor(int[] dimensions, long[] integers) => (Dimensions, this.integers, Count) = (dimensions, integers, integers.Length);

    public int[] Dimensions { get; }

    public int Count { get; }

    public bool IsInteger => integers is not null;

    /// <summary>The numbers as real ones.</summary>
    public double[] Reals => reals ?? Array.ConvertAll(integers!, value => (double)value);

    /// <summary>The numbers as whole ones; null if they are not of a whole kind.</summary>
    public long[]? Integers => integers;

    /// <summary>The only number there is, with any number of dimensions; null if there are others.</summary>
    public double? Scalar => Count == 1 ? reals?[0] ?? integers![0] : null;

    /// <summary>The same numbers with other dimensions of the same product.</summary>
    public Tensor Reshape(int[] dimensions) => reals is null ? new(dimensions, integers!) : new(dimensions, reals);

    /// <summary>Some of the numbers: one for each place, by its index here.</summary>
    public Tensor Select(int[] dimensions, int[] indices) =>
        reals is null ? new(dimensions, Array.ConvertAll(indices, index => integers![index])) : new(dimensions, Array.ConvertAll(indices, index => reals[index]));

    public override string ToString() => $"a constant {Excerpt.List(Dimensions)}";
}
