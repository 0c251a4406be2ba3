namespace NeuralNet.Kernels;

/// <summary>Outputs that lie side by side in a row of the image and take the same taps, each one column further than the one before: one after another in memory, with the whole batch at each.</summary>
/// <param name="Output">The first one's place in the image.</param>
/// <param name="Length">How many.</param>
/// <param name="Input">The column of the input from which the first one's taps count.</param>
/// <param name="FirstTap">Where its taps begin in the plan.</param>
/// <param name="TapCount">How many taps; none where the kernel lies wholly beside the image.</param>
internal readonly record struct Segment(int Output, int Length, int Input, int FirstTap, int TapCount);
