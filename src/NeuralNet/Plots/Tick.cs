namespace NeuralNet;

/// <summary>A value of an axis that is marked, and the text beside the mark.</summary>
internal readonly record struct Tick(double Value, string Label);
