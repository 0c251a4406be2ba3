namespace NeuralNet.Onnx;

/// <summary>
/// The shape of one sample of a graph's data, in the file's order of dimensions, and how it lies in a row of the network's batch: in the same order, or, of an image that the file has with
/// its channels last, with them first.
/// </summary>
internal sealed class Layout
{
    private readonly Shape? channelsFirst;

    private Layout(int[] dimensions, int size, Shape? channelsFirst = null) => (Dimensions, Size, this.channelsFirst) = (dimensions, size, channelsFirst);

    /// <summary>The dimensions behind that of the samples.</summary>
    public int[] Dimensions { get; }

    public int Size { get; }

    /// <summary>Whether it is an image that the file has with its channels last, and not one that was flattened.</summary>
    public bool HasChannelsLast => channelsFirst is not null && Dimensions.SequenceEqual(ImageDimensions);

    /// <summary>Whether the row's order is not the file's. An image of one channel or one pixel has but one order.</summary>
    public bool IsReordered => channelsFirst is not null && channelsFirst[0] > 1 && channelsFirst[0] < Size;

    /// <summary>The axis of <see cref="Dimensions"/> that is first in the row; null of a flattened image that is reordered, which has none.</summary>
    public int? ChannelAxis => HasChannelsLast ? 2 : IsReordered ? null : 0;

    /// <summary>The shape of the network's sample.</summary>
    public Shape Shape => HasChannelsLast ? channelsFirst! : Dimensions.Length == 0 ? 1 : new Shape(Dimensions);

    /// <summary>A layout in the file's order; null if a dimension is less than 1 or there are too many numbers.</summary>
    public static Layout? Of(params int[] dimensions) =>
        Array.TrueForAll(dimensions, dimension => dimension >= 1) && Dimension.Product(dimensions) is { } size ? new(dimensions, size) : null;

    /// <summary>An image that the file has as (height, width, channels).</summary>
    public static Layout ChannelsLast(int channels, int height, int width) => new([height, width, channels], channels * height * width, new Shape(channels, height, width));

    /// <summary>The same numbers in the file's order under other dimensions; null if no order of the row stands for it.</summary>
    public Layout? With(int[] dimensions)
    {
        if (Of(dimensions) is not { } other || other.Size != Size)
            return null;
        bool isFlat = dimensions.Count(dimension => dimension > 1) <= 1;
        return !IsReordered ? other : isFlat || dimensions.SequenceEqual(ImageDimensions) ? new(dimensions, Size, channelsFirst) : null;
    }

    /// <summary>The same image with its channels first in the file too; null if it is not one with its channels last.</summary>
    public Layout? ToChannelsFirst() => HasChannelsLast ? new(channelsFirst!.Dimensions.ToArray(), Size) : null;

    /// <summary>For each place in the row, the index in the file's order.</summary>
    public int[] RowOrder()
    {
        int[] order = new int[Size];
        if (!IsReordered)
        {
            for (int i = 0; i < order.Length; i++)
                order[i] = i;
            return order;
        }

        (int channels, int pixels) = (channelsFirst![0], Size / channelsFirst[0]);
        for (int channel = 0; channel < channels; channel++)
        {
            for (int pixel = 0; pixel < pixels; pixel++)
                order[(channel * pixels) + pixel] = (pixel * channels) + channel;
        }

        return order;
    }

    /// <summary>Whether both have the same dimensions in the file and the same order in the row.</summary>
    public bool SameAs(Layout other) => Dimensions.SequenceEqual(other.Dimensions) && (IsReordered ? channelsFirst == other.channelsFirst : !other.IsReordered);

    /// <summary>The dimensions as the file has them.</summary>
    public override string ToString() => Excerpt.List([Dimension.Samples, .. Dimensions.Select(dimension => (long)dimension)]);

    private int[] ImageDimensions => [channelsFirst![1], channelsFirst[2], channelsFirst[0]];
}
