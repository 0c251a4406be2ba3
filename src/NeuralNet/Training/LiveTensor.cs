namespace NeuralNet;

/// <summary>A matrix that a file saves and overwrites, under its name in the file.</summary>
internal readonly record struct LiveTensor<T>(string Name, Shape Shape, Matrix<T> Value)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const string OptimizerPrefix = "optimizer/";

    /// <summary>Whether a name in a file is that of a tensor of an optimizer.</summary>
    public static bool IsOptimizers(string name) => name.StartsWith(OptimizerPrefix, StringComparison.Ordinal);

    /// <summary>A network's parameters, then its states, in its order.</summary>
    public static IEnumerable<LiveTensor<T>> Of(Network<T> network, string prefix = "") =>
        network.Parameters.Select(parameter => new LiveTensor<T>(prefix + parameter.Name, parameter.Shape, parameter.Value))
            .Concat(network.States.Select(state => new LiveTensor<T>(prefix + state.Name, state.Shape, state.Value)));

    /// <summary>All that an optimizer remembers between steps.</summary>
    public static IEnumerable<LiveTensor<T>> Of(Optimizer<T> optimizer) =>
        optimizer.Slots.Concat(optimizer.AccumulatedGradients).Concat(optimizer.Averages).Select(slot => new LiveTensor<T>(OptimizerPrefix + slot.Name, slot.Shape, slot.Value));

    public NamedValues<T> Saved() => new(Name, Shape, Dense.Array(Value));
}
