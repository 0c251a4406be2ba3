namespace NeuralNet.Onnx;

/// <summary>A product, with all that is multiplied in it: a number and data, some of it several times.</summary>
internal sealed record ProductOf<T>(double Number, IReadOnlyList<Value<T>> Factors)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // A product of more, or of more products, is none that anybody looks for.
    private const int MaxFactors = 4;
    private const int MaxSteps = 16;

    /// <summary>What a value is a product of, at the least of itself.</summary>
    public static ProductOf<T> Of(Value<T> value) => new ProductOf<T>(1, [value]).Spread();

    /// <summary>The same, with products among the factors taken apart.</summary>
    public ProductOf<T> Spread()
    {
        double number = Number;
        var leaves = new List<Value<T>>();
        var open = new Stack<Value<T>>(Factors.Reverse());
        for (int step = 0; open.TryPop(out Value<T>? value); step++)
        {
            if (step >= MaxSteps)
            {
                leaves.Add(value);
            }
            else if (value.Producer is LayerStep<T> { Trait: Scaling { Offset: 0 } scaling } scaled)
            {
                number *= scaling.Factor;
                open.Push(scaled.Inputs[0]);
            }
            else if (value.Producer is PartStep<T> { Kind: "Mul" } product && open.Count + leaves.Count < MaxFactors)
            {
                open.Push(product.Inputs[1]);
                open.Push(product.Inputs[0]);
            }
            else if (value.Producer is PartStep<T> { Trait: Exponent { Value: 2 or 3 } exponent } power && open.Count + leaves.Count < MaxFactors)
            {
                for (int i = 0; i < exponent.Value; i++)
                    open.Push(power.Inputs[0]);
            }
            else
            {
                leaves.Add(value);
            }
        }

        return new(number, leaves);
    }
}
