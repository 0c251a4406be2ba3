namespace NeuralNet;

/// <summary>A layer that can give its outputs to the pooling behind it as they come, so that they are never all in memory; and take their gradients from it likewise.</summary>
internal interface IFeedsPooling<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Through this layer and the one behind it, with the same bits as one after the other.</summary>
    /// <returns>The output of the one behind; null if it has to be one after the other.</returns>
    Matrix<T>? ForwardPooled(Matrix<T> input, IPicksLargest<T> pooling);

    /// <summary>Back through the one behind and to this layer's parameters, with the same bits as one after the other.</summary>
    /// <returns>Whether it did; if not, it has to be one after the other.</returns>
    bool TryBackwardParametersPooled(Matrix<T> outputGradient, IPicksLargest<T> pooling);
}
