namespace NeuralNet.Benchmarks;

/// <summary>A peer cannot be measured; the message says why, in words for the table.</summary>
internal sealed class PeerMissingException(string message) : Exception(message);
