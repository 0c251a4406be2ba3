using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The window of a pooling over a shape of image: what the poolings share.</summary>
internal sealed class PoolingWindow
{
    private readonly WindowAxis rows;
    private readonly WindowAxis columns;
    private TapPlan? toOutput;
    private TapPlan? toInput;

    public PoolingWindow(object layer, Shape inputShape, (WindowAxis Rows, WindowAxis Columns) axes)
    {
        (rows, columns) = axes;
        Channels = inputShape[0];
        OutputShape = new Shape(Channels, rows.Output, columns.Output);
        InputSize = inputShape.Size;
        if (rows.HasOneBeside || columns.HasOneBeside)
            throw new ArgumentException($"{layer} has windows that lie wholly beside the image {inputShape}: use less padding.", nameof(inputShape));
    }

    public int Channels { get; }

    public Shape OutputShape { get; }

    public int InputSize { get; }

    public TapPlan ToOutput => toOutput ??= TapPlan.ToOutput(rows, columns, channels: 1);

    public TapPlan ToInput => toInput ??= TapPlan.ToInput(rows, columns, channels: 1);
}
