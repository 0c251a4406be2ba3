namespace NeuralNet.Kernels;

/// <summary>The weights of channels that are the columns of tiles. Of a strip of channels they lie side by side, for one k after the other; a strip is a few <see cref="ColumnPanels"/>, which all read its lines, or a <see cref="StripTile{T, V}"/>.</summary>
internal static unsafe class ChannelStrips
{
    /// <summary>The channels of a strip: of floats a line of the cache, which is transposed and transformed as one vector. The last strip of several has room for as many, and uses fewer.</summary>
    public const int MostChannels = 16;

    public static int Count(int channels) => (channels + MostChannels - 1) / MostChannels;

    /// <summary>How many of the channels a strip has.</summary>
    public static int Channels(int channels, int strip) => Math.Min(MostChannels, channels - (strip * MostChannels));

    /// <summary>From one k to the next in a strip.</summary>
    public static int Step(int channels) => Math.Min(channels, MostChannels);

    /// <summary>The numbers of all strips.</summary>
    public static int Size(int channels, int depth) => Count(channels) * Step(channels) * depth;

    /// <summary>Packs the weights of channels into strips.</summary>
    /// <param name="weights">The weights: a line for each channel.</param>
    /// <param name="channels">How many channels.</param>
    /// <param name="count">How many k.</param>
    /// <param name="firstK">Where these k stand in the strips.</param>
    /// <param name="depth">How many k the strips have in all.</param>
    /// <param name="strips">The strips, one behind the other.</param>
    public static void Pack<T>(Operand<T> weights, int channels, int count, int firstK, int depth, T* strips)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int step = Step(channels);
        for (int strip = 0; strip < Count(channels); strip++)
            Packing.Pack(weights.From(strip * MostChannels, 0), Channels(channels, strip), step, count, strips + ((((nint)strip * depth) + firstK) * step));
    }
}
