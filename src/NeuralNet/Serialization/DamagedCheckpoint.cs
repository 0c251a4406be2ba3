namespace NeuralNet;

/// <summary>A checkpoint that was refused.</summary>
/// <param name="Path">The file; it is left where it is.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record DamagedCheckpoint(string Path, string Reason);
