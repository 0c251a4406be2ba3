namespace NeuralNet;

/// <summary>The weights of the best epoch so far, and how long ago that was.</summary>
internal sealed class BestWeights<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly EarlyStopping condition;
    private readonly bool higherIsBetter;
    private readonly (LiveTensor<T> Kept, Matrix<T> InUse)[] weights;
    private int epochsDone;

    public BestWeights(Network<T> network, EarlyStopping condition, bool higherIsBetter)
    {
        (this.condition, this.higherIsBetter) = (condition, higherIsBetter);
        weights =
        [
            .. network.Parameters.Select(parameter => Keep(parameter.Name, parameter.Shape, parameter.Value)),
            .. network.States.Select(state => Keep(state.Name, state.Shape, state.Value)),
        ];
    }

    /// <summary>The number of the best epoch, from 1; 0 before the first.</summary>
    public int Epoch { get; private set; }

    public double Value { get; private set; }

    public bool IsOutOfPatience => epochsDone - Epoch >= condition.Patience;

    public IEnumerable<LiveTensor<T>> Tensors => weights.Select(weight => weight.Kept);

    public void Observe(int epoch, double value)
    {
        epochsDone = epoch;
        if (!IsBetter(value))
            return;
        (Epoch, Value) = (epoch, value);
        foreach ((LiveTensor<T> kept, Matrix<T> inUse) in weights)
            inUse.Values().CopyTo(kept.Value.Values());
    }

    public void Resume(int bestEpoch, double bestValue, int epochsDone) => (Epoch, Value, this.epochsDone) = (bestEpoch, bestValue, epochsDone);

    /// <summary>Makes the best weights the network's, if there are any.</summary>
    public void Restore()
    {
        if (Epoch == 0)
            return;
        foreach ((LiveTensor<T> kept, Matrix<T> inUse) in weights)
            kept.Value.Values().CopyTo(inUse.Values());
    }

    // NaN is never better, and anything is better than nothing.
    private bool IsBetter(double value)
    {
        if (double.IsNaN(value))
            return false;
        if (Epoch == 0)
            return true;
        double improvement = higherIsBetter ? value - Value : Value - value;
        return improvement > condition.MinimumImprovement;
    }

    private static (LiveTensor<T> Kept, Matrix<T> InUse) Keep(string name, Shape shape, Matrix<T> value) =>
        (new LiveTensor<T>($"best/{name}", shape, Dense.Create<T>(value.RowCount, value.ColumnCount)), value);
}
