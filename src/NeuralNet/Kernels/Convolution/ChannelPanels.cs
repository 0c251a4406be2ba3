namespace NeuralNet.Kernels;

/// <summary>Channels side by side as the columns of tiles: as few panels as can be, as even as can be.</summary>
internal static class ChannelPanels
{
    private const int MostColumns = 6;

    public static int Count(int channels) => (channels + MostColumns - 1) / MostColumns;

    /// <summary>The first channel of a panel; for the panel after the last the number of channels.</summary>
    public static int First(int channels, int panel) => channels * panel / Count(channels);
}
