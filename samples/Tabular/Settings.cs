namespace NeuralNet.Samples.Tabular;

/// <summary>What a run does, as the command line says it.</summary>
internal sealed record Settings(IReadOnlyList<Problem> Problems, int Folds, int? Epochs, long Seed, bool Json);
