namespace NeuralNet.Onnx;

/// <summary>Data of a graph: what its input is, or what a step makes of others.</summary>
/// <param name="index">A number greater than those of all that it is made of.</param>
/// <param name="layout">The shape of a sample.</param>
/// <param name="producer">What makes it; null for the graph's input.</param>
/// <param name="isIndex">Whether it is whole numbers, which only look something up.</param>
internal sealed class Value<T>(int index, Layout layout, Step<T>? producer, bool isIndex = false)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public int Index => index;

    public Layout Layout => layout;

    public Step<T>? Producer => producer;

    public bool IsIndex => isIndex;

    /// <summary>The producer, if it is of a kind.</summary>
    public Step<T>? From(string kind) => producer?.Kind == kind ? producer : null;
}
