namespace NeuralNet;

/// <summary>Something that is done with blocks of rows.</summary>
internal interface IBlockWork<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does the rows from <paramref name="start"/> on, with an evaluator that nobody else uses meanwhile.</summary>
    void Do(Evaluator<T> evaluator, int start, int count);
}
