namespace NeuralNet.Kernels;

/// <summary>Outputs that lie side by side in a row of the image and take the same taps, each a step further than the one before.</summary>
/// <param name="Output">The first one's place in the image.</param>
/// <param name="Length">How many.</param>
/// <param name="Input">The column of the input from which the first one's taps count.</param>
/// <param name="Step">From one output to the next, in columns of the input.</param>
/// <param name="FirstTap">Where its taps begin in the plan.</param>
/// <param name="TapCount">How many taps; none where the kernel lies wholly beside the image.</param>
internal readonly record struct Segment(int Output, int Length, int Input, int Step, int FirstTap, int TapCount)
{
    /// <summary>How many parts the outputs make, each of which is one after another in memory in the input too, with the whole batch at each place: one with a step of 1, else one for each output.</summary>
    public int Runs => Step == 1 ? 1 : Length;

    /// <summary>One of these parts.</summary>
    public Segment Run(int index) => Step == 1 ? this : new(Output + index, 1, Input + (index * Step), 1, FirstTap, TapCount);
}
