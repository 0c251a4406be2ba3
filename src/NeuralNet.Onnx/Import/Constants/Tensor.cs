namespace NeuralNet.Onnx;

/// <summary>Numbers of a file, with their dimensions, the last running fastest: real or whole, every kind in the widest of its sort.</summary>
internal sealed class Tensor
{
    // Whole numbers are converted when they are first asked for, once for all tensors that share them.
    private readonly Lazy<double[]> reals;

    public Tensor(int[] dimensions, double[] reals)
        : this(dimensions, reals.Length, new Lazy<double[]>(reals), null)
    {
    }

    public Tensor(int[] dimensions, long[] integers)
        : this(dimensions, integers.Length, new Lazy<double[]>(() => Array.ConvertAll(integers, value => (double)value)), integers)
    {
    }

    private Tensor(int[] dimensions, int count, Lazy<double[]> reals, long[]? integers) => (Dimensions, Count, this.reals, Integers) = (dimensions, count, reals, integers);

    public int[] Dimensions { get; }

    public int Count { get; }

    public bool IsInteger => Integers is not null;

    /// <summary>The numbers as real ones.</summary>
    public double[] Reals => reals.Value;

    /// <summary>The numbers as whole ones; null if they are not of a whole kind.</summary>
    public long[]? Integers { get; }

    /// <summary>The only number there is, with any number of dimensions; null if there are others.</summary>
    public double? Scalar => Count == 1 ? Reals[0] : null;

    /// <summary>The same numbers with other dimensions of the same product.</summary>
    public Tensor Reshape(int[] dimensions) => new(dimensions, Count, reals, Integers);

    /// <summary>Some of the numbers: one for each place, by its index here.</summary>
    public Tensor Select(int[] dimensions, int[] indices) =>
        Integers is { } integers ? new(dimensions, Take(integers, indices)) : new(dimensions, Take(Reals, indices));

    public override string ToString() => $"a constant {Excerpt.List(Dimensions)}";

    private static TNumber[] Take<TNumber>(TNumber[] numbers, int[] indices) => Array.ConvertAll(indices, index => numbers[index]);
}
