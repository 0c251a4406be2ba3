namespace NeuralNet.Samples.Tabular;

/// <summary>What is compared: a network by its layers between the scaled features and the loss, or without any, what can be said without looking at the features.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Layers">Adds the layers.</param>
/// <param name="WeightDecay">What keeps its weights small; the more it could learn by heart, the more of it.</param>
/// <param name="Epochs">Passes over the samples to train with.</param>
internal sealed record Model(string Name, Func<NetworkBuilder<float>, NetworkBuilder<float>>? Layers = null, double WeightDecay = 0, int Epochs = 0);
