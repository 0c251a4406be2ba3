namespace NeuralNet.Kernels;

/// <summary>How what <see cref="Winograd"/> keeps between its steps is laid out and cut into units, so that it stays in the second-level cache as far as the number of channels allows.</summary>
internal static unsafe class WinogradRoom<T>
    where T : unmanaged
{
    private const int LineBytes = 64, UnitBytes = 128 * 1024, FewestLines = 4, MostLines = 16, PatchBytes = 16 * 1024;

    /// <summary>The numbers of a vector of tiles along a row, at most: so far may be read or written past the last tile.</summary>
    public static int Spare => TileSize.Large.Outputs * Line;

    /// <summary>The numbers of a line of the cache: columns begin with one.</summary>
    public static int Line => Workspace<T>.Line;

    /// <summary>The most lanes of a unit: whole lines, so many that its inputs fill what they may, but enough for a tile of the product. Of a single sample whole rows of tiles.</summary>
    public static int MostLanes(TileSize tile, int channels, int samples, int tileColumns)
    {
        int most = Math.Clamp(UnitBytes / (tile.Positions * LineBytes * channels), FewestLines, MostLines) * Line;
        return samples == 1 ? Math.Max(1, most / tileColumns) * tileColumns : most;
    }

    /// <summary>From column to column.</summary>
    public static int Column(int lanes) => (lanes + Line - 1) / Line * Line;

    /// <summary>From position to position: a line more than the columns, since many columns are a power of two, whose multiples share a place in the first-level cache; it also takes what <see cref="SampleInputs{T}"/> writes past the last lane.</summary>
    public static int PositionStep(int channels, int column) => (channels * column) + Line;

    /// <summary>The numbers of a <see cref="TilePatch{T}"/> of at least one channel of so many lanes; of a single sample what a channel's outputs, or the lines of a row of tiles, take on their way.</summary>
    public static int PatchSize(TileSize tile, int samples, int lanes) => Math.Max(samples == 1 ? 2 * tile.Positions * (lanes + Line) : tile.Positions * lanes, PatchBytes / sizeof(T));

    /// <summary>From line to line of what so many tiles side by side see.</summary>
    public static int LinePitch(TileSize tile, int tiles) => Column((tile.Outputs * tiles) + tile.Inputs - tile.Outputs);

    /// <summary>The numbers of all positions.</summary>
    public static int Size(TileSize tile, int channels, int lanes) => tile.Positions * PositionStep(channels, Column(lanes));
}
