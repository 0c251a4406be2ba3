namespace NeuralNet.Kernels;

/// <summary>Where the two factors of a tap lie.</summary>
/// <param name="Source">How far its number in the source lies behind that of the segment's first column.</param>
/// <param name="Weight">How far its weights lie behind the first tap's.</param>
internal readonly record struct TapOffset(int Source, int Weight);
