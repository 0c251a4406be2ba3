namespace NeuralNet.Onnx;

/// <summary>Activations that exporters write as products: x·σ(x), and x times what Gelu and HardSwish weigh it with.</summary>
internal static class ActivationPatterns<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The layer that a product is; null if it is none of these.</summary>
    public static Value<T>? Find(Operation<T> operation, ProductOf<T> product)
    {
        (double number, IReadOnlyList<Value<T>> factors) = product.Spread();
        return factors switch
        {
            [var softplus] when softplus.From("Softplus") is { } step => Softplus(operation, step, number),
            [var x, var weight] => Weighted(operation, number, x, weight) ?? Weighted(operation, number, weight, x),
            _ => null,
        };
    }

    /// <summary>The softplus that takes over from the identity below a threshold: x where β·x is greater, else log(1 + e^(β·x)) / β; null if it is something else.</summary>
    public static Value<T>? SoftplusBelow(Operation<T> operation)
    {
        (Value<T> above, Value<T> x, Value<T> soft) = (operation.Data(0), operation.Data(1), operation.Data(2));
        if (above.Producer is not PartStep<T> { Trait: Threshold threshold, Inputs: [var sharp] } || soft.Producer is not LayerStep<T> { Inputs: [var input] } step || input != x)
            return null;
        double? beta = step.Kind == "Softplus" ? 1 : (step.Trait as Sharpness)?.Beta;
        bool isSame = beta == 1 ? sharp == x : Scaled(sharp) is ({ Offset: 0 } scaling, var scaled) && scaled == x && scaling.Factor == beta;
        return isSame ? Layer(operation, x, "Softplus with threshold", () => new Softplus<T>(beta!.Value, ((float)threshold.Value).AsWritten())) : null;
    }

    // What is weighed is number·x up to the pattern's own factor: a scaling before it is taken apart with the product.
    private static Value<T>? Weighted(Operation<T> operation, double number, Value<T> x, Value<T> weight)
    {
        if (weight.From("Sigmoid") is { Inputs: [var logistic] } && IsMultiple(logistic, x, number))
            return Layer(operation, logistic, "Silu", () => new Silu<T>());
        if (weight.From("HardSigmoid") is { Inputs: [var hard] } && IsMultiple(hard, x, number))
            return Layer(operation, hard, "HardSwish", () => new HardSwish<T>());
        if (weight.From("Relu6") is { Inputs: [var clipped] } && Scaled(clipped) is ({ Factor: var factor, Offset: 3 }, var moved) && IsMultiple(moved, x, 6 * number / factor))
            return Layer(operation, Multiple(operation, moved, factor), "HardSwish", () => new HardSwish<T>());
        if (Scaled(weight) is not ({ Factor: 1, Offset: 1 }, var inner))
            return null;
        if (inner.From("Erf") is { Inputs: [var error] } && IsMultiple(error, x, 2 * number * Math.Sqrt(0.5)))
            return Layer(operation, Multiple(operation, x, 2 * number), "Gelu", () => new Gelu<T>());
        return inner.From("Tanh") is { Inputs: [var tanh] } && OfGeluPolynomial(tanh) is { } of && IsMultiple(of, x, 2 * number) ? Layer(operation, of, "Gelu", () => new Gelu<T>(approximate: true)) : null;
    }

    private static Value<T> Multiple(Operation<T> operation, Value<T> x, double number) => number == 1 ? x : ScalingLayers<T>.Scale(operation, x, number, 0);

    private static Value<T> Layer(Operation<T> operation, Value<T> x, string kind, Func<ILayer<T>> create) => operation.Layers(x, x.Layout, chain => chain.Add(create()), kind);

    private static (Scaling Scaling, Value<T> Of)? Scaled(Value<T> value) => value.Producer is LayerStep<T> { Trait: Scaling scaling } step ? (scaling, step.Inputs[0]) : null;

    private static bool IsMultiple(Value<T> value, Value<T> x, double number) => ProductOf<T>.Of(value) is (var found, [var factor]) && factor == x && found.IsNear(number);

    // The x of √(2/π)·(x + 0.044715·x³).
    private static Value<T>? OfGeluPolynomial(Value<T> value)
    {
        if (ProductOf<T>.Of(value) is not (var number, [var sum]) || !number.IsNear(Math.Sqrt(2 / Math.PI)) || sum.From("Sum") is not { Inputs: [var left, var right] })
            return null;
        return IsCube(right, left) ? left : IsCube(left, right) ? right : null;
    }

    // 0.044715·x³
    private static bool IsCube(Value<T> value, Value<T> x) =>
        (ProductOf<T>.Of(value), ProductOf<T>.Of(x)) is ((var number, [var a, var b, var c]), (var factor, [var single])) && number.IsNear(0.044715 * factor * factor * factor) && a == single && b == single && c == single;

    // log(1 + e^(β·x)) / β
    private static Value<T>? Softplus(Operation<T> operation, Step<T> step, double number) =>
        Scaled(step.Inputs[0]) is ({ Offset: 0, Factor: > 0 } scaling, var x) && (scaling.Factor * number).IsNear(1)
            ? operation.Layers(x, x.Layout, chain => chain.Add(new Softplus<T>(scaling.Factor)), "Softplus with beta", new Sharpness(scaling.Factor))
            : null;
}
