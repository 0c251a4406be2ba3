namespace NeuralNet;

/// <summary>A class and how probable a network holds it.</summary>
/// <param name="Class">Its index.</param>
/// <param name="Name">Its name; of a network without <see cref="Network{T}.ClassNames"/> the index as text.</param>
/// <param name="Probability">What the network's head gives, for softmax and sigmoid from 0 to 1.</param>
public readonly record struct ClassProbability(int Class, string Name, double Probability);
