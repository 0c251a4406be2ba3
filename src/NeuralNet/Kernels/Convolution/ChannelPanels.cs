namespace NeuralNet.Kernels;

/// <summary>Channels side by side as the columns of tiles: as few panels as can be, as even as can be. A panel's weights lie together, for one k after the other, in the order in which a tile reads them.</summary>
internal static unsafe class ChannelPanels
{
    /// <summary>The most channels of a panel.</summary>
    public const int MostColumns = Tiles<float, Scalar<float>>.MostColumns;

    /// <summary>The most channels that a panel has room for: whole vectors, which are transposed fast. Those behind its own are the next panel's, and not used.</summary>
    private const int MostLines = 8;

    public static int Count(int channels) => (channels + MostColumns - 1) / MostColumns;

    /// <summary>The first channel of a panel; for the panel after the last the number of channels.</summary>
    public static int First(int channels, int panel) => channels * panel / Count(channels);

    /// <summary>From one k to the next in a panel.</summary>
    public static int Step(int channels) => Math.Min(channels, MostLines);

    /// <summary>The numbers of all panels.</summary>
    public static int Size(int channels, int depth) => Count(channels) * Step(channels) * depth;

    /// <summary>Packs the weights of channels into panels.</summary>
    /// <param name="weights">The weights: a line for each channel.</param>
    /// <param name="channels">How many channels.</param>
    /// <param name="count">How many k.</param>
    /// <param name="firstK">Where these k stand in the panels.</param>
    /// <param name="depth">How many k the panels have in all.</param>
    /// <param name="panels">The panels, one behind the other.</param>
    public static void Pack<T>(Operand<T> weights, int channels, int count, int firstK, int depth, T* panels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int step = Step(channels);
        for (int panel = 0; panel < Count(channels); panel++)
        {
            int first = First(channels, panel);
            Packing.Pack(weights.From(first, 0), Math.Min(step, channels - first), step, count, panels + ((((nint)panel * depth) + firstK) * step));
        }
    }
}
