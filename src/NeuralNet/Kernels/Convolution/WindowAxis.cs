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

    /// <summary>Whether some output's kernel reaches beyond the input.</summary>
    public bool HangsOver => Padding > 0 || First(Output - 1) + ((Kernel - 1L) * Dilation) >= Input;

    /// <summary>Whether some output's kernel has no place at all on the input: only the first and the last can lie beside it, or have a gap around it.</summary>
    public bool HasOneBeside
    {
        get
        {
            if (First(Output - 1) >= Input)
                return true;

            // If the first output's kernel reaches the input, so do those behind it; only gaps wider than the input could let one miss it.
            int before = Dilation <= Input ? 1 : Output;
            for (int output = 0; output < before && First(output) < 0; output++)
            {
                long place = (-First(output) + Dilation - 1) / Dilation;
                if (place >= Kernel || First(output) + (place * Dilation) >= Input)
                    return true;
            }

            return false;
        }
    }

    /// <summary>The way back of a window with a stride of 1: the inputs as the sums of outputs, under a kernel that is turned around.</summary>
    public WindowAxis Back => new(Output, Input, Kernel, 1, Dilation, ((Kernel - 1) * Dilation) - Padding);

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

    // Where an output's kernel begins, on the input or before it.
    private long First(int output) => ((long)output * Stride) - Padding;
}
