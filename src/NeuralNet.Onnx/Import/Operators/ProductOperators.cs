namespace NeuralNet.Onnx;

/// <summary>Products with a weight: matrices, and rows that are looked up.</summary>
internal static class ProductOperators<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static readonly Dictionary<string, Func<Operation<T>, Value<T>>> All = new()
    {
        ["Gather"] = Gather,
        ["Gemm"] = Gemm,
        ["MatMul"] = MatMul,
    };

    private static Value<T> Gemm(Operation<T> operation)
    {
        GraphNode node = operation.Node;
        Value<T> data = operation.Data();
        (double alpha, double beta) = (node.Number("alpha", 1), node.Number("beta", 1));
        bool isTransposed = node.Flag("transB", false);
        if (node.Flag("transA", false))
            throw node.Refuse("transposes its data, which would mix the samples");
        Tensor weight = operation.RequiredConstant(1);
        if (data.Layout.Dimensions.Length != 1 || weight.Dimensions.Length != 2 || weight.Dimensions[isTransposed ? 1 : 0] != data.Layout.Size)
            throw node.Refuse($"multiplies {data.Layout} with {weight}, which do not fit");
        int outputs = weight.Dimensions[isTransposed ? 0 : 1];
        double[]? bias = operation.Constant(2) switch
        {
            null => null,
            { Scalar: { } single } => Repeat(operation, single, outputs),
            var row when row.Count == outputs && row.Dimensions[^1] == outputs => row.Reals,
            var other => throw node.Refuse($"adds {other} to {outputs} outputs, which do not fit"),
        };
        return Affine(operation, data, outputs, [outputs], new WeightRows(weight.Reals, outputs, isTransposed, alpha), bias is null ? null : Array.ConvertAll(bias, value => beta * value));
    }

    private static double[] Repeat(Operation<T> operation, double number, int count)
    {
        operation.Spend(8.0 * count);
        double[] numbers = new double[count];
        Array.Fill(numbers, number);
        return numbers;
    }

    // x·W with x a row, or W·x with x a column.
    private static Value<T> MatMul(Operation<T> operation)
    {
        bool isWeightFirst = operation.Operands.ElementAtOrDefault(0).Constant is not null;
        Value<T> data = operation.Data(isWeightFirst ? 1 : 0);
        Tensor weight = operation.RequiredConstant(isWeightFirst ? 0 : 1);
        int[] sample = data.Layout.Dimensions;
        int axis = sample.Length - (isWeightFirst ? 2 : 1);
        if (weight.Dimensions.Length != 2 || axis < 0 || sample[axis] != data.Layout.Size || weight.Dimensions[isWeightFirst ? 1 : 0] != data.Layout.Size)
            throw operation.Node.Refuse($"multiplies {(isWeightFirst ? $"{weight} with {data.Layout}" : $"{data.Layout} with {weight}")}; supported is one row or column a sample, as long as the constant is high or wide");
        int outputs = weight.Dimensions[isWeightFirst ? 0 : 1];
        return Affine(operation, data, outputs, [.. sample[..axis], outputs, .. sample[(axis + 1)..]], new WeightRows(weight.Reals, outputs, isWeightFirst, 1), null);
    }

    private static Value<T> Affine(Operation<T> operation, Value<T> data, int outputs, int[] dimensions, WeightRows weight, double[]? bias)
    {
        if (outputs == 0)
            throw operation.Node.Refuse("has a weight of no numbers");
        Layout? layout = Layout.Of(dimensions);
        return operation.Layers(data, layout, With(bias), trait: bias is null ? new Biasable<T>(outputs, With) : null);

        Action<ChainBuilder<T>> With(double[]? biases) => chain =>
        {
            operation.Spend((24.0 * data.Layout.Size * outputs) + (4.0 * data.Layout.Size));
            chain.Add(new Affine<T>(weight.ToMatrix<T>(data.Layout.RowOrder()), biases?.ToRow<T>()));
            chain.Reshape(layout!.Shape);
        };
    }

    private static Value<T> Gather(Operation<T> operation)
    {
        if (operation.Operands.ElementAtOrDefault(0).Constant is not { Dimensions: [> 0 and var vocabulary, > 0 and var width] } table || operation.Node.Integer("axis", 0) != 0)
            throw operation.Node.Refuse("reads elsewhere than in the rows of a constant table, an embedding; that alone is supported");
        Value<T> indices = operation.Data(1);
        if (indices.Layout.IsReordered || indices.Layout.Dimensions.Length == 0)
            throw operation.Node.Refuse($"looks up {indices.Layout}; supported are one or more positions a sample");
        Layout layout = Layout.Of([.. indices.Layout.Dimensions, width]) ?? throw operation.Node.Refuse("makes more numbers than fit into an array");
        return operation.Graph.Create(layout, new LayerStep<T>(operation.Node, "Gather", indices, chain =>
        {
            operation.Spend(24.0 * table.Count);
            table.Reals.CopyTo(chain.Add(new Embedding<T>(vocabulary, width, new Constant())).Parameters[0].Value);
            chain.Reshape(layout.Shape);
        }));
    }
}
