namespace NeuralNet;

/// <summary>What one layer did in a pass.</summary>
/// <param name="Path">Its place: <c>2</c>, or <c>2.0</c> within a composite.</param>
/// <param name="Layer">The layer.</param>
/// <param name="InputShape">The shape of one sample before it.</param>
/// <param name="OutputShape">The shape of one sample behind it.</param>
/// <param name="Input">The batch it was given.</param>
/// <param name="Output">What it made of it: its own buffer.</param>
/// <param name="OutputGradient">The gradient that reached its output; null if none did, as before the first layer that learns.</param>
/// <param name="Parameters">Its own parameters; of a composite that is not the library's, its children's too, which are not seen by themselves.</param>
internal sealed record LayerPass<T>(
    string Path, ILayer<T> Layer, Shape InputShape, Shape OutputShape, Matrix<T> Input, Matrix<T> Output, Matrix<T>? OutputGradient, IReadOnlyList<Parameter<T>> Parameters)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How findings name it: <c>layer 2 Relu</c>.</summary>
    public string Name => $"layer {Path} {Layer.Describe()}";

    /// <summary>How many samples passed.</summary>
    public int Samples => Output.RowCount;

    /// <summary>The outputs that are computed alike from different places of the sample: the channels of an image, else the features.</summary>
    public int Units => OutputShape[0];

    /// <summary>What a unit gave for all samples, and at all places of an image: neighbours in memory.</summary>
    public ReadOnlySpan<T> UnitOutputs(int unit) => Output.Values().Slice(unit * (Output.ColumnCount / Units) * Samples, Output.ColumnCount / Units * Samples);
}
