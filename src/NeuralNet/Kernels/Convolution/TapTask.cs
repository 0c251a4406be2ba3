namespace NeuralNet.Kernels;

/// <summary>A convolution's sums: a result of groups of channels over an image's places.</summary>
internal unsafe struct TapTask<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public TapTable Table;

    /// <summary>The batch, and therefore the length of a column.</summary>
    public int Samples;

    public T* Source;

    /// <summary>From one group's first column in the source to the next.</summary>
    public int GroupInputs;

    /// <summary>Groups of channels, each summed over its own channels of the source.</summary>
    public int Groups;

    /// <summary>The channels of a group in the result.</summary>
    public int Channels;

    /// <summary>Which strips of a group's channels are computed: from the first up to but without the end.</summary>
    public int FirstStrip, EndStrip;

    /// <summary>For each group its <see cref="ChannelStrips"/>.</summary>
    public T* Weights;

    /// <summary>How many weights a channel has.</summary>
    public int Depth;

    /// <summary>Where each channel's sums start; null for 0.</summary>
    public T* Start;

    public T* Result;

    /// <summary>Whether the Relu of the sums is written.</summary>
    public bool Rectifies;

    /// <summary>The places of the result's image.</summary>
    public int Places;

    /// <summary>The table's taps, as offsets into <see cref="Source"/> and <see cref="Weights"/>.</summary>
    public TapOffset* Offsets;

    /// <summary>Into how many parts it is cut for threads.</summary>
    public int Parts;
}
