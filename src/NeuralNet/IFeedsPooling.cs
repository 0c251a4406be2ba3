namespace NeuralNet;

/// <summary>A layer that can give its outputs to the pooling behind it as they come, so that they are never all in memory; and take their gradients from it likewise.</summary>
internal interface IFeedsPooling<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Through this layer, the one behind it and, if <paramref name="rectifies"/>, the Relu behind that, with the same bits as one after the other.</summary>
    /// <returns>The output of the last; null if it has to be one after the other.</returns>
    Matrix<T>? ForwardPooled(Matrix<T> input, IPicksLargest<T> pooling, bool rectifies);

    /// <summary>Back through the one behind and to this layer's parameters, with the same bits as one after the other.</summary>
    /// <returns>Whether it did; if not, it has to be one after the other.</returns>
    bool TryBackwardParametersPooled(Matrix<T> outputGradient, IPicksLargest<T> pooling);
}
