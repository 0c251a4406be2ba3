namespace NeuralNet.Samples.FromScratch;

/// <summary>A command line that cannot be understood; the message says why, in one line.</summary>
internal sealed class UsageException(string message) : Exception(message);
