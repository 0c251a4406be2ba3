namespace NeuralNet.Onnx;

/// <summary>Layer normalisation as exporters wrote it before it was an operator: (x - mean) / √(mean of squares + epsilon).</summary>
internal static class LayerNormalizationPattern<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The normalisation that a quotient is; null if it is none.</summary>
    public static Value<T>? Find(Operation<T> operation)
    {
        (Value<T> deviation, Value<T> spread) = (operation.Data(0), operation.Data(1));
        if (deviation.From("Sub") is not { Inputs: [var x, var mean] } || mean.From(ShapeOperators<T>.SampleMean)?.Inputs[0] != x)
            return null;
        if (spread.From("Sqrt")?.Inputs[0].Producer is not LayerStep<T> { Trait: Scaling { Factor: 1, Offset: > 0 } scaling } variance)
            return null;
        return variance.Inputs[0].From(ShapeOperators<T>.SampleMean) is { } meanOfSquares && ProductOf<T>.Of(meanOfSquares.Inputs[0]) is (1, [var a, var b]) && a == deviation && b == deviation
            ? NormalizationOperators<T>.Layer(operation, x, ((float)scaling.Offset).AsWritten(), null, null)
            : null;
    }
}
