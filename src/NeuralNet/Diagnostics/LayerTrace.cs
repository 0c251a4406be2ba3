namespace NeuralNet;

/// <summary>A layer in a <see cref="NetworkTrace"/>.</summary>
/// <param name="Path">Its place: <c>2</c>, or <c>2.0</c> for the first child of a composite that is layer 2.</param>
/// <param name="Layer">The layer in one line.</param>
/// <param name="InputShape">The shape of one sample before it.</param>
/// <param name="OutputShape">The shape of one sample behind it.</param>
/// <param name="Operation">Which matrix meets which: <c>[32, 784] x [784, 50] + [50] -> [32, 50]</c>.</param>
/// <param name="Output">The numbers of its output.</param>
/// <param name="OutputGradient">The numbers of the gradient that reached its output; null where none is computed, as before the first layer that learns.</param>
/// <param name="Parameters">Its parameters.</param>
public sealed record LayerTrace(
    string Path,
    string Layer,
    Shape InputShape,
    Shape OutputShape,
    string Operation,
    TensorStatistics Output,
    TensorStatistics? OutputGradient,
    IReadOnlyList<ParameterTrace> Parameters)
{
    /// <summary>How deep it is nested, from 0.</summary>
    public int Depth => Path.Count(letter => letter == '.');
}
