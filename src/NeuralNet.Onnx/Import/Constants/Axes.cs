namespace NeuralNet.Onnx;

/// <summary>Axes and dimensions as attributes and inputs of nodes give them.</summary>
internal static class Axes
{
    /// <summary>How many dimensions a tensor may have: more than any network's, and few enough that none takes long.</summary>
    public const int MaxRank = 16;

    /// <summary>An axis, which may be counted from the last.</summary>
    public static int Index(GraphNode node, long axis, int rank) =>
        axis >= -rank && axis < rank ? (int)(axis < 0 ? axis + rank : axis) : throw node.Refuse($"names axis {axis} of {rank} dimensions");

    /// <summary>Axes that an attribute names, or in newer versions an input; null if none are named.</summary>
    public static int[]? Of(GraphNode node, int rank, Tensor? input)
    {
        if ((node.Integers("axes") ?? input?.Integers) is not { } axes)
            return input is null ? null : throw node.Refuse("expects its axes to be whole numbers");
        int[] indices = Array.ConvertAll(axes, axis => Index(node, axis, rank));
        return indices.Length == indices.Distinct().Count() ? indices : throw node.Refuse($"names an axis twice: {Excerpt.List(axes)}");
    }

    /// <summary>Dimensions without some that are 1.</summary>
    public static int[] Squeeze(GraphNode node, int[] dimensions, Tensor? input)
    {
        int[]? axes = Of(node, dimensions.Length, input);
        if (axes is not null && axes.Any(axis => dimensions[axis] != 1))
            throw node.Refuse($"takes away an axis that is not 1 of {Excerpt.List(dimensions)}");
        return [.. dimensions.Where((dimension, i) => axes is null ? dimension != 1 : !axes.Contains(i))];
    }

    /// <summary>Dimensions with some that are 1 put among them.</summary>
    public static int[] Unsqueeze(GraphNode node, int[] dimensions, Tensor? input)
    {
        int added = (node.Integers("axes") ?? input?.Integers)?.Length ?? throw node.Refuse("expects axes");
        if (added > MaxRank)
            throw node.Refuse($"adds {added} dimensions; at most {MaxRank} are supported");
        int[] axes = Of(node, dimensions.Length + added, input)!;
        var rest = new Queue<int>(dimensions);
        return [.. Enumerable.Range(0, dimensions.Length + added).Select(i => axes.Contains(i) ? 1 : rest.Dequeue())];
    }

    /// <summary>The order of axes of a transposition: by default from last to first.</summary>
    public static int[] Permutation(GraphNode node, int rank)
    {
        long[] order = node.Integers("perm") ?? [.. Enumerable.Range(0, rank).Reverse().Select(axis => (long)axis)];
        return order.Order().SequenceEqual(Enumerable.Range(0, rank).Select(axis => (long)axis))
            ? Array.ConvertAll(order, axis => (int)axis)
            : throw node.Refuse($"puts {rank} axes into the order {Excerpt.List(order)}");
    }

    /// <summary>Dimensions of which one may be -1, for so many numbers; null if they do not fit.</summary>
    public static int[]? Resolve(long[] dimensions, int count)
    {
        if (dimensions.Any(dimension => dimension is < -1 or > int.MaxValue) || dimensions.Count(dimension => dimension == -1) > 1
            || Dimension.Product(dimensions.Where(dimension => dimension != -1).Select(dimension => (int)dimension)) is not { } product)
        {
            return null;
        }

        if (!dimensions.Contains(-1))
            return product == count ? Array.ConvertAll(dimensions, dimension => (int)dimension) : null;
        return product > 0 && count % product == 0 ? Array.ConvertAll(dimensions, dimension => dimension == -1 ? count / product : (int)dimension) : null;
    }
}
