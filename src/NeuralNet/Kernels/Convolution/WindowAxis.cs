namespace NeuralNet.Kernels;

/// <summary>One axis of a sliding window: where its kernel stands for each output, and what lies under it.</summary>
/// <param name="Input">The length of the input.</param>
/// <param name="Output">The length of the output.</param>
/// <param name="Kernel">The places of the kernel.</param>
/// <param name="Stride">From one output's kernel to the next.</param>
/// <param name="Dilation">From one place of the kernel to the next.</param>
/// <param name="Padding">How far the first kernel reaches before the input.</param>
internal readonly record struct WindowAxis(int Input, int Output, int Kernel, int Stride, int Dilation, int Padding)
{
    /// <summary>What an index is that lies beside its line.</summary>
    public const int None = -1;

    /// <summary>Which input lies under a place of an output's kernel.</summary>
    public int InputOf(int output, int place)
    {
        int input = (output * Stride) + (place * Dilation) - Padding;
        return (uint)input < (uint)Input ? input : None;
    }

    /// <summary>The other way: for which output an input lies under a place of the kernel.</summary>
    public int OutputOf(int input, int place)
    {
        int start = input + Padding - (place * Dilation);
        return start >= 0 && start % Stride == 0 && start / Stride < Output ? start / Stride : None;
    }
}
