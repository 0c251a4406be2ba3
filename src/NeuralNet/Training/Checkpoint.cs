namespace NeuralNet;

/// <summary>All that a training run is at one moment, besides what it was started with.</summary>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <param name="State">Where the run stands.</param>
/// <param name="Tensors">Weights, running statistics, what the optimizer remembers, the best weights. Valid while the step lasts: whoever keeps them copies them.</param>
public sealed record Checkpoint<T>(TrainingState State, IReadOnlyList<NamedValues<T>> Tensors)
    where T : unmanaged, IFloatingPointIeee754<T>;
