using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>What every kind of dropout does: draws the step's mask, multiplies with it in training, and passes through in inference.</summary>
internal sealed class MaskedInput<T>(ILayer<T> layer, double ratio)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchBuffer<T> masks = new();
    private readonly BatchBuffer<T> outputs = new();
    private readonly BatchBuffer<T> inputGradients = new();
    private StepContext step = new(Training: true, Key: 0, Step: 0);
    private Matrix<T>? y;
    private Matrix<T>? mask;
    private int sharing;

    public void EnterStep(StepContext context) => step = context;

    /// <summary>Multiplies with a mask of which each element is for so many consecutive columns.</summary>
    public Matrix<T> Forward(Matrix<T> input, int columnsPerElement)
    {
        Guard.NotEmpty(layer, input);
        if (!step.Training || ratio == 0)
        {
            mask = null;
            return y = input;
        }

        Matrix<T> x = Dense.Of(input);
        sharing = columnsPerElement;
        mask = masks.For(x.RowCount, x.ColumnCount / sharing);
        // Even and not 0, so that no step meets the words that CounterRandom draws or derives keys from.
        ulong stream = 2 * ((ulong)step.Step + 1);
        RandomMask.Fill(step.Key, stream, ratio, T.CreateTruncating(1 / (1 - ratio)), mask.View());
        y = outputs.Like(x);
        RandomMask.Apply(x.View(), mask.View(), sharing, y.View());
        return y;
    }

    public Matrix<T> Backward(Matrix<T> outputGradient)
    {
        Guard.OutputGradient(layer, y, outputGradient);
        if (mask is null)
            return outputGradient;
        Matrix<T> inputGradient = inputGradients.Like(y);
        RandomMask.Apply(Dense.Of(outputGradient).View(), mask.View(), sharing, inputGradient.View());
        return inputGradient;
    }
}
