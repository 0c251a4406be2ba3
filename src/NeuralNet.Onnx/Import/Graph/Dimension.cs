namespace NeuralNet.Onnx;

/// <summary>Dimensions as numbers of a graph's arithmetic on shapes.</summary>
internal static class Dimension
{
    /// <summary>What stands for the number of samples, which no file fixes, where a graph asks for the shape of its data.</summary>
    public const long Samples = long.MinValue;

    /// <summary>The product of dimensions, each at least 0; null if it is more than an array can hold.</summary>
    public static int? Product(IEnumerable<int> dimensions)
    {
        // A zero makes all nothing, whatever stands beside it.
        long product = 1;
        foreach (int dimension in dimensions.Order())
        {
            product *= dimension;
            if (product > Array.MaxLength)
                return null;
        }

        return (int)product;
    }
}
