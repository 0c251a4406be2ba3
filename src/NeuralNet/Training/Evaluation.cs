namespace NeuralNet;

/// <summary>How good a network is on a data set.</summary>
/// <param name="Loss">The loss, as the network's loss layer reduces it.</param>
/// <param name="Accuracy">The share of samples whose predicted class is that of the target.</param>
public readonly record struct Evaluation(double Loss, double Accuracy);
