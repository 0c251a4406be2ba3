namespace NeuralNet.Kernels;

/// <summary>One axis of an image that is cut into the tiles of <see cref="Winograd"/>.</summary>
/// <param name="Length">The places of the image.</param>
/// <param name="Padding">How far the first tile reaches before them; negative if it begins behind the first.</param>
/// <param name="Reach">The places of a tile.</param>
/// <param name="Step">From tile to tile.</param>
internal readonly record struct TileAxis(int Length, int Padding, int Reach, int Step)
{
    /// <summary>The inputs that a window sees.</summary>
    public static TileAxis Inputs(WindowAxis axis, TileSize tile) => new(axis.Input, axis.Padding, tile.Inputs, tile.Outputs);

    /// <summary>The outputs of a window.</summary>
    public static TileAxis Outputs(WindowAxis axis, TileSize tile) => new(axis.Output, 0, tile.Outputs, tile.Outputs);

    /// <summary>One number for each square of the outputs.</summary>
    public static TileAxis Pooled(WindowAxis axis, TileSize tile) => new(axis.Output / Winograd.Square, 0, tile.Outputs / Winograd.Square, tile.Outputs / Winograd.Square);

    /// <summary>The places of tiles next to each other, and which of them lie within the image.</summary>
    public TilePlaces Places(int tile, int tiles)
    {
        int start = (tile * Step) - Padding, count = ((tiles - 1) * Step) + Reach, first = Math.Max(0, -start);
        return new(count, first, Math.Max(first, Math.Min(count, Length - start)));
    }
}

/// <summary>Places of tiles along one axis.</summary>
/// <param name="Count">How many.</param>
/// <param name="First">The first that lies within the image; behind all if they end before it.</param>
/// <param name="End">The place behind the last that does; <paramref name="First"/> if none does.</param>
internal readonly record struct TilePlaces(int Count, int First, int End)
{
    public bool AreInside => First == 0 && End == Count;

    public bool Include(int place) => place >= First && place < End;
}
