namespace NeuralNet.Onnx;

/// <summary>Constants that stand beside data: one number for each channel, or for each feature, in the order of the network's row.</summary>
internal sealed record ChannelNumbers(double[] Values, bool IsPerChannel)
{
    /// <summary>What a constant is to data, joined as NumPy joins them; null if it is neither.</summary>
    public static ChannelNumbers? Of(Tensor constant, Layout layout)
    {
        int[] sample = layout.Dimensions, beside = [.. constant.Dimensions.SkipWhile(dimension => dimension == 1)];
        if (beside.Length == 0 || beside.Length > sample.Length)
            return null;
        int[] aligned = [.. Enumerable.Repeat(1, sample.Length - beside.Length), .. beside];
        if (layout.ChannelAxis is { } axis && aligned[axis] == sample[axis] && constant.Count == sample[axis])
            return new(constant.Reals, IsPerChannel: true);
        if (!aligned.SequenceEqual(sample))
            return null;
        double[] reals = constant.Reals;
        return new(layout.IsReordered ? Array.ConvertAll(layout.RowOrder(), index => reals[index]) : reals, IsPerChannel: false);
    }
}
