namespace NeuralNet.Onnx;

/// <summary>Whether a graph takes images with their channels last, as Keras does, and turns them before it looks at neighbours.</summary>
internal static class ImageOrder
{
    private static readonly long[] ToChannelsFirst = [0, 3, 1, 2];

    // What does the same with a number wherever it stands.
    private static readonly HashSet<string> Elementwise = ["Add", "Cast", "Div", "Dropout", "Identity", "Mul", "Relu", "Sigmoid", "Sub", "Tanh"];

    /// <summary>Whether the input, or what elementwise operators make of it, is transposed from channels last to channels first.</summary>
    public static bool IsTransposedToChannelsFirst(ModelGraph graph)
    {
        var sameOrder = new HashSet<string> { graph.Input.Name };
        foreach (GraphNode node in graph.Nodes.Where(node => node.Inputs.Any(sameOrder.Contains)))
        {
            if (node.Operator == "Transpose" && node.Integers("perm") is { } order && order.SequenceEqual(ToChannelsFirst))
                return true;
            if (Elementwise.Contains(node.Operator))
                sameOrder.UnionWith(node.Outputs);
        }

        return false;
    }
}
