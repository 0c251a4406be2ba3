namespace NeuralNet.Kernels;

/// <summary>A convolution's sums by <see cref="Winograd"/>: a result of groups of channels over an image's places.</summary>
internal unsafe struct WinogradTask<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public TileSize Tile;

    public TileImage<T> Source, Result;

    /// <summary>Whether the result is the Relu of the sums, or of the largest of them.</summary>
    public bool Rectifies;

    /// <summary>Which of a tile's outputs is the largest, if only that goes to the result; else null.</summary>
    public T* PoolPlaces;

    /// <summary>Into how many tiles the result is cut, and how many of them stand in a row.</summary>
    public int Tiles, TileColumns;

    /// <summary>Groups of channels, each summed over its own channels of the source.</summary>
    public int Groups;

    /// <summary>The kernels, of the first group if there are more.</summary>
    public WinogradKernels<T> Kernels;

    /// <summary>Where each channel's sums start; null for 0.</summary>
    public T* Start;

    /// <summary>For each group the transformed kernels; null before they are transformed. Of a single sample each thread then transforms its own.</summary>
    public T* Weights;

    /// <summary>Into how many parts it is cut for threads.</summary>
    public int Parts;

    public readonly int Strips => ChannelStrips.Count(Kernels.Outputs);
}
