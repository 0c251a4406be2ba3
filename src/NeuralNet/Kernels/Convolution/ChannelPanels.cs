namespace NeuralNet.Kernels;

/// <summary>Channels side by side as the columns of tiles: as few panels as can be, as even as can be.</summary>
internal static class ChannelPanels
{
    private const int MostColumns = Tiles<float, Scalar<float>>.MostColumns, MostLanes = 16;

    public static int Count(int channels) => (channels + MostColumns - 1) / MostColumns;

    /// <summary>From one weight to the next where the numbers of so many channels are packed side by side: whole vectors, which are transposed fast; a few channels take no more than they need.</summary>
    public static int Step(int channels) => channels < MostLanes / 2 ? channels : (channels + MostLanes - 1) / MostLanes * MostLanes;

    /// <summary>The first channel of a panel; for the panel after the last the number of channels.</summary>
    public static int First(int channels, int panel) => channels * panel / Count(channels);
}
