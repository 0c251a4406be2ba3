namespace NeuralNet.Onnx;

/// <summary>What makes data of other data: of one, layers; of several, a sum or a concatenation; or a part of something larger, which alone is no layer.</summary>
/// <param name="node">The node that it comes from, or the last of several.</param>
/// <param name="kind">What it is, by which larger things know their parts: mostly the node's operator.</param>
/// <param name="inputs">The data that it reads.</param>
internal abstract class Step<T>(GraphNode node, string kind, params Value<T>[] inputs)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public GraphNode Node => node;

    public string Kind => kind;

    public Value<T>[] Inputs => inputs;
}
