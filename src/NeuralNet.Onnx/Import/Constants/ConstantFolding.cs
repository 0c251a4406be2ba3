using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx;

/// <summary>Computes what does not depend on the data: the arithmetic on shapes that exporters write, and weights that are moved about.</summary>
internal sealed class ConstantFolding(MemoryBudget budget)
{
    private static readonly Dictionary<string, Func<GraphNode, Tensor[], ConstantFolding, Tensor>> Operators = new()
    {
        ["ConstantOfShape"] = (node, inputs, folding) => folding.ConstantOfShape(node, inputs),
        ["Identity"] = (_, inputs, _) => inputs[0],
        ["Cast"] = (node, inputs, folding) => folding.Cast(node, inputs[0]),
        ["Shape"] = (node, inputs, _) => Shape(node, Array.ConvertAll(inputs[0].Dimensions, dimension => (long)dimension)),
        ["Gather"] = (node, inputs, folding) => folding.Gather(node, inputs),
        ["Slice"] = (node, inputs, folding) => folding.Slice(node, inputs),
        ["Concat"] = (node, inputs, folding) => folding.Concat(node, inputs),
        ["Squeeze"] = (node, inputs, _) => inputs[0].Reshape(Axes.Squeeze(node, inputs[0].Dimensions, inputs.ElementAtOrDefault(1))),
        ["Unsqueeze"] = (node, inputs, _) => inputs[0].Reshape(Axes.Unsqueeze(node, inputs[0].Dimensions, inputs.ElementAtOrDefault(1))),
        ["Reshape"] = (node, inputs, _) => Reshape(node, inputs),
        ["Transpose"] = (node, inputs, folding) => folding.Transpose(node, inputs[0]),
        ["Add"] = (node, inputs, folding) => folding.Combine(node, inputs, (a, b) => a + b, (a, b) => a + b),
        ["Sub"] = (node, inputs, folding) => folding.Combine(node, inputs, (a, b) => a - b, (a, b) => a - b),
        ["Mul"] = (node, inputs, folding) => folding.Combine(node, inputs, (a, b) => a * b, (a, b) => a * b),
        ["Div"] = (node, inputs, folding) => folding.Combine(node, inputs, (a, b) => a / b, (a, b) => b is 0 or -1 ? throw node.Refuse($"divides whole numbers by {b}") : a / b),
        ["Exp"] = (node, inputs, folding) => folding.Each(node, inputs[0], Math.Exp),
        ["Neg"] = (node, inputs, folding) => folding.Each(node, inputs[0], value => -value),
        ["Reciprocal"] = (node, inputs, folding) => folding.Each(node, inputs[0], value => 1 / value),
        ["Sqrt"] = (node, inputs, folding) => folding.Each(node, inputs[0], Math.Sqrt),
    };

    public static Tensor Constant(GraphNode node)
    {
        string what = node.ToString();
        if (node.Tensor("value") is { } tensor)
            return TensorReader.Read(tensor, what);
        if (node.Has("value_float"))
            return new([], [node.Number("value_float", 0)]);
        if (node.Has("value_int"))
            return new([], [node.Integer("value_int", 0)]);
        if (node.Numbers("value_floats") is { } numbers)
            return new([numbers.Length], Array.ConvertAll(numbers, number => (double)number));
        if (node.Integers("value_ints") is { } integers)
            return new([integers.Length], integers);
        throw node.Refuse("has no value of a kind that is supported: a dense tensor, numbers or whole numbers");
    }

    /// <summary>The dimensions as a constant: those of a constant, or of data.</summary>
    public static Tensor Shape(GraphNode node, long[] dimensions)
    {
        int rank = dimensions.Length;
        int start = Clamp(node.Integer("start", 0), rank), end = Clamp(node.Integer("end", rank), rank);
        long[] slice = start < end ? dimensions[start..end] : [];
        return new([slice.Length], slice);
    }

    public Tensor Fold(GraphNode node, Tensor[] inputs)
    {
        if (!Operators.TryGetValue(node.Operator, out Func<GraphNode, Tensor[], ConstantFolding, Tensor>? fold))
            throw node.Refuse($"computes a constant; supported for that are {string.Join(", ", Operators.Keys.Append("Constant").Order(StringComparer.Ordinal))}");
        if (inputs.Length == 0)
            throw node.Refuse("reads nothing");
        Tensor result = fold(node, inputs, this);
        return result.Dimensions.Length <= Axes.MaxRank ? result : throw node.Refuse($"makes a constant of {result.Dimensions.Length} dimensions; at most {Axes.MaxRank} are supported");
    }

    private static int Clamp(long index, int length) => (int)Math.Clamp(index < 0 ? index + length : index, 0, length);

    private static Tensor Reshape(GraphNode node, Tensor[] inputs)
    {
        long[] target = node.Flag("allowzero", false) ? throw node.Refuse("has allowzero, which is not supported") : Whole(node, inputs, 1);
        int[] from = inputs[0].Dimensions;
        long[] dimensions = [.. target.Select((dimension, i) => dimension == 0 && i < from.Length ? from[i] : dimension)];
        return Axes.Resolve(dimensions, inputs[0].Count) is { } resolved
            ? inputs[0].Reshape(resolved)
            : throw node.Refuse($"cannot give {inputs[0]} the shape {Excerpt.List(target)}");
    }

    private static long[] Whole(GraphNode node, Tensor[] inputs, int index) =>
        inputs.ElementAtOrDefault(index)?.Integers ?? throw node.Refuse($"expects whole numbers as input {index}");

    private Tensor ConstantOfShape(GraphNode node, Tensor[] inputs)
    {
        long[] target = Whole(node, inputs, 0);
        Tensor value = node.Tensor("value") is { } given ? TensorReader.Read(given, node.ToString()) : new([1], [0.0]);
        if (value.Count != 1 || target.Any(dimension => dimension is < 0 or > int.MaxValue))
            throw node.Refuse($"expects a shape and one value, found {Excerpt.List(target)} and {value.Count} values");
        int[] dimensions = [.. target.Select(dimension => (int)dimension)];
        return value.Select(dimensions, new int[Spend(node, dimensions)]);
    }

    private Tensor Cast(GraphNode node, Tensor input)
    {
        var type = (TensorProto.Types.DataType)node.Integer("to", 0);
        node.Integer("saturate", 1);
        Spend(node, input.Dimensions);
        if (TensorReader.IsReal(type))
            return input.IsInteger && input.Integers!.Contains(Dimension.Samples) ? throw node.Refuse("computes with the number of samples, which is not supported") : new(input.Dimensions, input.Reals);
        return type is TensorProto.Types.DataType.Int64 or TensorProto.Types.DataType.Int32
            ? new(input.Dimensions, input.Integers ?? Array.ConvertAll(input.Reals, value => (long)value))
            : throw node.Refuse($"casts a constant to {type}, which is not supported");
    }

    private Tensor Gather(GraphNode node, Tensor[] inputs)
    {
        Tensor data = inputs[0];
        long[] places = Whole(node, inputs, 1);
        int axis = Axes.Index(node, node.Integer("axis", 0), data.Dimensions.Length), length = data.Dimensions[axis];
        int[] rows = Array.ConvertAll(places, place => place >= -length && place < length ? (int)(place < 0 ? place + length : place) : throw node.Refuse($"reads index {place} of {length}"));
        return Take(node, data, axis, rows, [.. data.Dimensions[..axis], .. inputs[1].Dimensions, .. data.Dimensions[(axis + 1)..]]);
    }

    private Tensor Slice(GraphNode node, Tensor[] inputs)
    {
        Tensor data = inputs[0];
        long[] starts = node.Integers("starts") ?? Whole(node, inputs, 1), ends = node.Integers("ends") ?? Whole(node, inputs, 2);
        long[] axes = node.Integers("axes") ?? (inputs.Length > 3 ? Whole(node, inputs, 3) : [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)]);
        long[] steps = inputs.Length > 4 ? Whole(node, inputs, 4) : [.. starts.Select(_ => 1L)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length || steps.Any(step => step is not (1 or -1)))
            throw node.Refuse("expects a start, an end and an axis for each slice, and steps of 1 or -1");
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = Axes.Index(node, axes[i], data.Dimensions.Length), length = data.Dimensions[axis];
            int[] rows = steps[i] > 0 ? Rows(Clamp(starts[i], length), Clamp(ends[i], length)) : [.. Rows(ClampBackwards(ends[i], length) + 1, ClampBackwards(starts[i], length) + 1).Reverse()];
            data = Take(node, data, axis, rows, [.. data.Dimensions[..axis], rows.Length, .. data.Dimensions[(axis + 1)..]]);
        }

        return data;

        int[] Rows(int start, int end) => [.. Enumerable.Range(start, Spend(node, [Math.Max(0, end - start)]))];
    }

    // Backwards, as PyTorch turns the order of its pads around, an end lies before the first row.
    private static int ClampBackwards(long place, int length) => (int)Math.Clamp(place < 0 ? place + length : place, -1, length - 1);

    // Some of the rows along an axis.
    private Tensor Take(GraphNode node, Tensor data, int axis, int[] rows, int[] dimensions)
    {
        int count = Spend(node, dimensions);
        int inner = count == 0 ? 1 : Dimension.Product(data.Dimensions[(axis + 1)..])!.Value, length = data.Dimensions[axis];
        int[] indices = new int[count];
        for (int i = 0; i < count; i++)
            indices[i] = (((i / inner / rows.Length * length) + rows[i / inner % rows.Length]) * inner) + (i % inner);
        return data.Select(dimensions, indices);
    }

    private Tensor Concat(GraphNode node, Tensor[] inputs)
    {
        int axis = Axes.Index(node, node.Integer("axis", 0), inputs[0].Dimensions.Length);
        if (axis != 0 || inputs.Any(input => input.Dimensions.Length != 1 || input.IsInteger != inputs[0].IsInteger))
            throw node.Refuse("joins constants that are not lists of one kind, which is not supported");
        int[] dimensions = [(int)Math.Min(int.MaxValue, inputs.Sum(input => (long)input.Count))];
        Spend(node, dimensions);
        return inputs[0].IsInteger ? new(dimensions, inputs.SelectMany(input => input.Integers!).ToArray()) : new(dimensions, inputs.SelectMany(input => input.Reals).ToArray());
    }

    private Tensor Transpose(GraphNode node, Tensor input)
    {
        int[] order = Axes.Permutation(node, input.Dimensions.Length), strides = Broadcast.Strides(input.Dimensions);
        int[] dimensions = Array.ConvertAll(order, axis => input.Dimensions[axis]);
        return input.Select(dimensions, Broadcast.Indices(dimensions, Array.ConvertAll(order, axis => strides[axis]), Spend(node, dimensions)));
    }

    private Tensor Combine(GraphNode node, Tensor[] inputs, Func<double, double, double> reals, Func<long, long, long> integers)
    {
        if (inputs.Length != 2 || Broadcast.Join(inputs[0].Dimensions, inputs[1].Dimensions) is not { } joined)
            throw node.Refuse("expects two constants whose shapes fit");
        int count = Spend(node, joined);
        Tensor left = inputs[0].Select(joined, Broadcast.IndicesOf(inputs[0].Dimensions, joined, count)), right = inputs[1].Select(joined, Broadcast.IndicesOf(inputs[1].Dimensions, joined, count));
        if (!left.IsInteger || !right.IsInteger)
            return new(joined, [.. left.Reals.Zip(right.Reals, reals)]);
        return left.Integers!.Concat(right.Integers!).Contains(Dimension.Samples)
            ? throw node.Refuse("computes with the number of samples, which is not supported")
            : new(joined, left.Integers!.Zip(right.Integers!, integers).ToArray());
    }

    private Tensor Each(GraphNode node, Tensor input, Converter<double, double> function)
    {
        Spend(node, input.Dimensions);
        return input.IsInteger ? throw node.Refuse("computes of whole numbers, which is not supported") : new(input.Dimensions, Array.ConvertAll(input.Reals, function));
    }

    // The product of the dimensions, with memory for so many numbers, their indices and copies.
    private int Spend(GraphNode node, int[] dimensions)
    {
        double numbers = dimensions.Aggregate(1.0, (product, dimension) => product * dimension);
        budget.Spend(64 + (32 * numbers), node.Refuse);
        return (int)numbers;
    }
}
