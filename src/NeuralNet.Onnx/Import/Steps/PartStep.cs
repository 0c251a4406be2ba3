namespace NeuralNet.Onnx;

/// <summary>A part of something larger.</summary>
/// <param name="node">The node that it comes from, or the last of several.</param>
/// <param name="kind">What it is.</param>
/// <param name="inputs">The data that it reads.</param>
/// <param name="refusal">Why it is no layer, if nothing larger is found.</param>
/// <param name="trait">What is known of it.</param>
internal sealed class PartStep<T>(GraphNode node, string kind, Value<T>[] inputs, string refusal, ITrait? trait = null) : Step<T>(node, kind, inputs)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public ITrait? Trait => trait;

    public InvalidDataException Refuse() => Node.Refuse(refusal);
}
