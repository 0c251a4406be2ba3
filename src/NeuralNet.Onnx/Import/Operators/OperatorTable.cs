namespace NeuralNet.Onnx;

/// <summary>The operators that data may go through, each with what it becomes.</summary>
internal static class OperatorTable<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly Dictionary<string, Func<Operation<T>, Value<T>>> Operators = new[]
    {
        ActivationOperators<T>.All,
        ArithmeticOperators<T>.All,
        ConvolutionOperators<T>.All,
        NormalizationOperators<T>.All,
        PoolingOperators<T>.All,
        ProductOperators<T>.All,
        ShapeOperators<T>.All,
    }.SelectMany(room => room).ToDictionary(row => row.Key, row => row.Value);

    public static Value<T> Translate(Operation<T> operation) => Operators.TryGetValue(operation.Node.Operator, out Func<Operation<T>, Value<T>>? translate)
        ? translate(operation)
        : throw operation.Node.Refuse($"is of an operator that is not supported; supported are {string.Join(", ", Operators.Keys.Concat(["Constant", "Shape"]).Order(StringComparer.Ordinal))}");
}
