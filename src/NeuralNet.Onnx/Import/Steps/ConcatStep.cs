namespace NeuralNet.Onnx;

/// <summary>Several, one behind the other.</summary>
/// <param name="node">The node.</param>
/// <param name="inputs">The data.</param>
/// <param name="joined">The same as the file has them: what of them is joined already may be one input.</param>
/// <param name="shapes">The shape that each input is joined in, whose first dimensions add up.</param>
internal sealed class ConcatStep<T>(GraphNode node, Value<T>[] inputs, Value<T>[] joined, Shape[] shapes) : Step<T>(node, "Concat", inputs)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public Value<T>[] Joined => joined;

    public Shape[] Shapes => shapes;
}
