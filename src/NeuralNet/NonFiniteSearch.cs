using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Looks on in a forward pass for the first value that is not finite, in the parameters and then in the output of each layer.</summary>
internal sealed class NonFiniteSearch<T>(LayerList<T> layers) : IPassObserver<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What and where it is; null while there is none.</summary>
    public string? Found { get; private set; }

    void IPassObserver<T>.SawForward(ILayer<T> layer, Matrix<T> input, Matrix<T> output) => Found ??= Search(layer, output);

    /// <summary>Says where the first value of a matrix that is not finite stands; null if there is none.</summary>
    public static string? Find(Matrix<T> matrix)
    {
        // The sum of squares is finite only if each number is, and it is quick.
        if (double.IsFinite(SumOfSquares.Of<T>(Dense.Of(matrix).Values())))
            return null;
        var found = matrix.Find(value => !T.IsFinite(value), Zeros.Include);
        return found is null ? null : $"{Guard.Number(found.Item3)} at row {found.Item1}, column {found.Item2}";
    }

    private string? Search(ILayer<T> layer, Matrix<T> output)
    {
        string name = $"layer {layers.PlaceOf(layer)!.Value.Path} {layer.Describe()}";
        foreach (Parameter<T> parameter in layer.AllParameters())
        {
            if (Find(parameter.Value) is { } inParameter)
                return $"the parameter {parameter.Name} of {name}: {inParameter}";
        }

        return Find(output) is { } inOutput ? $"the output of {name}: {inOutput}" : null;
    }
}
