namespace NeuralNet;

/// <summary>What a layer that behaves differently in training, or draws random numbers, is told before its Forward.</summary>
/// <param name="Training">Whether this is a training step; false in Predict, Loss and Accuracy.</param>
/// <param name="Key">The layer's own random key, derived from the network's seed, the layer's kind and how many of that kind stand before it.</param>
/// <param name="Step">The number of the training step, from 0. Whatever is drawn is a pure function of key, step and element.</param>
public readonly record struct StepContext(bool Training, ulong Key, long Step)
{
    /// <summary>The context of a named part: of a network's layer, or a composite's child.</summary>
    /// <param name="name">The name of the part.</param>
    /// <returns>The same step with the part's own key.</returns>
    public StepContext For(string name) => this with { Key = CounterRandom.DeriveKey(Key, name) };
}
