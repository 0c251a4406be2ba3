namespace NeuralNet.Onnx;

/// <summary>The sum of two.</summary>
internal sealed class SumStep<T>(GraphNode node, Value<T> left, Value<T> right) : Step<T>(node, "Sum", left, right)
    where T : unmanaged, IFloatingPointIeee754<T>;
