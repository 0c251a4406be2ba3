namespace NeuralNet.Onnx;

/// <summary>Constants added to data or multiplied with it: a bias, the weight of a normalisation, a <see cref="NeuralNet.Scale{T}"/>, a <see cref="Normalization{T}"/>.</summary>
internal static class ScalingLayers<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Data plus or minus a constant.</summary>
    public static Value<T> Add(Operation<T> operation, Value<T> data, Tensor constant, int sign)
    {
        LayerStep<T>? before = operation.Before(data);
        if (Beside(constant, data, (before?.Trait as Biasable<T>)?.Count) is { } bias)
            return Replace(operation, data, before!, ((Biasable<T>)before!.Trait!).WithBias(Array.ConvertAll(bias, value => sign * value)));
        if (before?.Trait is Normalizing<T> normalizing && Beside(constant, data, normalizing.Count) is { } summands)
            return Replace(operation, data, before, normalizing.With(normalizing.Weight, Array.ConvertAll(summands, value => sign * value)));
        if (constant.Scalar is { } number)
        {
            if (number == 0)
                return data;
            return before?.Trait is Scaling { Offset: 0 } scaling
                ? Scale(operation, before.Inputs[0], scaling.Factor, sign * number)
                : Scale(operation, data, 1, sign * number);
        }

        double[] numbers = Required(operation, constant, data);
        return Vector(operation, data, Array.ConvertAll(numbers, value => -sign * value), Ones(numbers.Length));
    }

    /// <summary>Data times or divided by a constant.</summary>
    public static Value<T> Multiply(Operation<T> operation, Value<T> data, Tensor constant, bool isDivision)
    {
        LayerStep<T>? before = operation.Before(data);
        if (constant.Scalar is { } number)
        {
            if (number == 1)
                return data;
            double factor = isDivision ? 1 / number : number;
            return ActivationPatterns<T>.Find(operation, new ProductOf<T>(factor, [data])) ?? (before?.Trait is VectorScaling scaled && scaled.Factors.All(value => value == 1)
                ? Vector(operation, before.Inputs[0], scaled.Offsets, Array.ConvertAll(scaled.Offsets, _ => factor))
                : Scale(operation, data, factor, 0));
        }

        if (!isDivision && before?.Trait is Normalizing<T> { Weight: null } normalizing && Beside(constant, data, normalizing.Count) is { } weight)
        {
            return operation.Layers(
                before.Inputs[0], data.Layout, normalizing.With(weight, null), before.Kind, normalizing with { Weight = weight });
        }

        double[] factors = Array.ConvertAll(Required(operation, constant, data), value => isDivision ? 1 / value : value);
        return before?.Trait is VectorScaling vector && vector.Factors.Length == factors.Length && vector.Factors.All(value => value == 1)
            ? Vector(operation, before.Inputs[0], vector.Offsets, factors)
            : Vector(operation, data, new double[factors.Length], factors);
    }

    /// <summary>The same factor and summand everywhere.</summary>
    public static Value<T> Scale(Operation<T> operation, Value<T> data, double factor, double offset) =>
        operation.Layers(data, data.Layout, chain => chain.Add(new Scale<T>(factor, offset)), "Scale", new Scaling(factor, offset));

    private static Value<T> Replace(Operation<T> operation, Value<T> data, LayerStep<T> before, Action<ChainBuilder<T>> add) =>
        operation.Layers(before.Inputs[0], data.Layout, add, before.Kind);

    private static Value<T> Vector(Operation<T> operation, Value<T> data, double[] offsets, double[] factors)
    {
        operation.Spend(32.0 * offsets.Length);
        return operation.Layers(
            data,
            data.Layout,
            chain =>
            {
                chain.Reshape(data.Layout.Shape);
                chain.Add(new Normalization<T>(offsets, factors));
            },
            "Normalization",
            new VectorScaling(offsets, factors));
    }

    // A constant as so many numbers beside data, one number being as many of it; null if it is not.
    private static double[]? Beside(Tensor constant, Value<T> data, int? count)
    {
        if (count is not { } numbers)
            return null;
        if (constant.Scalar is { } single)
            return numbers == 1 ? [single] : null;
        return ChannelNumbers.Of(constant, data.Layout) is { } found && found.Values.Length == numbers ? found.Values : null;
    }

    private static double[] Required(Operation<T> operation, Tensor constant, Value<T> data) => ChannelNumbers.Of(constant, data.Layout)?.Values
        ?? throw operation.Node.Refuse($"joins {constant} with {data.Layout}; supported is one number for all, for each channel, or for each feature");

    private static double[] Ones(int count)
    {
        double[] ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
