namespace NeuralNet.Kernels;

/// <summary>A batch of images that is cut into the tiles of <see cref="Winograd"/>.</summary>
/// <param name="values">The first number of the first channel.</param>
/// <param name="rows">The height.</param>
/// <param name="columns">The width.</param>
/// <param name="samples">The batch: the length of a column.</param>
internal readonly unsafe struct TileImage<T>(T* values, TileAxis rows, TileAxis columns, int samples)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public readonly int Samples = samples;

    public TileGrid Grid => new((nint)columns.Length * Samples, Samples);

    /// <summary>From channel to channel.</summary>
    public nint ChannelStep => rows.Length * Grid.Row;

    /// <summary>Where a piece begins: inside the image or beside it.</summary>
    public T* At(int channel, TilePiece piece) => values
        + (channel * ChannelStep)
        + Grid.At((piece.Row * rows.Step) - rows.Padding, (piece.Column * columns.Step) - columns.Padding)
        + piece.Sample;

    public TilePlaces Rows(TilePiece piece) => rows.Places(piece.Row, piece.Rows);

    public TilePlaces Columns(TilePiece piece) => columns.Places(piece.Column, piece.Columns);
}
