namespace NeuralNet;

/// <summary>Looks on while layers carry batches forward and gradients back.</summary>
internal interface IPassObserver<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A layer has computed an output.</summary>
    void SawForward(ILayer<T> layer, Matrix<T> input, Matrix<T> output);

    /// <summary>A gradient has reached a layer's output, which has not used it yet.</summary>
    void SawBackward(ILayer<T> layer, Matrix<T> outputGradient)
    {
    }
}
