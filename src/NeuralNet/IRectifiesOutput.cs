namespace NeuralNet;

/// <summary>A layer that can do the work of the <see cref="Relu{T}"/> behind it as it writes its outputs.</summary>
internal interface IRectifiesOutput<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Through this layer and the Relu behind it, with the same bits as one after the other.</summary>
    /// <returns>The Relu's output, in this layer's buffer; null if one after the other takes no longer.</returns>
    Matrix<T>? ForwardRectified(Matrix<T> input);
}
