namespace NeuralNet;

/// <summary>A line of a <see cref="WeightsReport"/>.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Network">The parameter or state of the network, with its shape: <c>0.weight [100, 784]</c>; null if there is none.</param>
/// <param name="File">The tensor of the file, with its type and shape: <c>fc1.weight F32 [100, 784]</c>; null if there is none.</param>
/// <param name="Hint">What a person should know besides; null if nothing.</param>
public sealed record WeightMatch(WeightStatus Status, string? Network, string? File, string? Hint = null);
