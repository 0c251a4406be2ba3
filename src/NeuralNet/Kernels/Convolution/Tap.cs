namespace NeuralNet.Kernels;

/// <summary>One term of a convolution's sum.</summary>
/// <param name="Column">Which column of the input it reads, counted from the column of the segment's first output.</param>
/// <param name="Depth">Which number of an output's weights it is multiplied by.</param>
internal readonly record struct Tap(int Column, int Depth);
