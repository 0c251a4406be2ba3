namespace NeuralNet.Kernels;

/// <summary>One axis of an image that is cut into the tiles of <see cref="Winograd"/>.</summary>
/// <param name="Length">The places of the image.</param>
/// <param name="Padding">How far the first tile reaches before them; negative if it begins behind the first.</param>
/// <param name="Reach">The places of a tile.</param>
/// <param name="Step">From tile to tile.</param>
internal readonly record struct TileAxis(int Length, int Padding, int Reach, int Step)
{
    /// <summary>The inputs that a window sees.</summary>
    public static TileAxis Inputs(WindowAxis axis) => new(axis.Input, axis.Padding, Winograd.TileInputs, Winograd.TileOutputs);

    /// <summary>The outputs of a window.</summary>
    public static TileAxis Outputs(WindowAxis axis) => new(axis.Output, 0, Winograd.TileOutputs, Winograd.TileOutputs);

    /// <summary>One number for the outputs of each tile.</summary>
    public static TileAxis Pooled(WindowAxis axis) => new(axis.Output / Winograd.TileOutputs, 0, 1, 1);

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
}
