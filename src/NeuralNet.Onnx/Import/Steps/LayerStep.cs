namespace NeuralNet.Onnx;

/// <summary>A step that is layers, none for one that changes no number.</summary>
/// <param name="node">The node that it comes from, or the last of several.</param>
/// <param name="kind">What it is.</param>
/// <param name="input">The data that it reads.</param>
/// <param name="add">Adds the layers.</param>
/// <param name="trait">What is known of it for what may follow: a summand becomes a bias, a factor the weight of a normalisation.</param>
internal sealed class LayerStep<T>(GraphNode node, string kind, Value<T> input, Action<ChainBuilder<T>> add, ITrait? trait = null) : Step<T>(node, kind, input)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public ITrait? Trait => trait;

    public void AddTo(ChainBuilder<T> chain)
    {
        try
        {
            add(chain);
        }
        catch (ArgumentException e)
        {
            throw Node.Refuse($"makes no layer: {e.Message.TrimEnd('.')}");
        }
    }
}
