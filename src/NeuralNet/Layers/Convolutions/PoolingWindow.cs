using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The window of a pooling over a shape of image: what the poolings share.</summary>
internal sealed class PoolingWindow
{
    public PoolingWindow(object layer, Shape inputShape, (WindowAxis Rows, WindowAxis Columns) axes)
    {
        (WindowAxis rows, WindowAxis columns) = axes;
        Shape = new PoolShape(rows, columns);
        Channels = inputShape[0];
        OutputShape = new Shape(Channels, rows.Output, columns.Output);
        InputSize = inputShape.Size;
        if (rows.HasOneBeside || columns.HasOneBeside)
            throw new ArgumentException($"{layer} has windows that lie wholly beside the image {inputShape}: use less padding.", nameof(inputShape));
    }

    public int Channels { get; }

    public Shape OutputShape { get; }

    public int InputSize { get; }

    public PoolShape Shape { get; }

    public TapPlan ToOutput => Shape.ToOutput;

    public TapPlan ToInput => Shape.ToInput;
}
