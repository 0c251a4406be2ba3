using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>What tiles see of a batch of images, as the positions of <see cref="Winograd"/>: for each position the input channels, for each channel the lanes.</summary>
/// <param name="tile">The tiles.</param>
/// <param name="positions">The first position's first channel.</param>
/// <param name="channels">The channels.</param>
/// <param name="column">From channel to channel: the lanes, and what is left of the last line.</param>
/// <param name="lines">Of a single sample, room for the lines of <see cref="SampleInputs{T}"/>.</param>
/// <param name="lineNumbers">The numbers that it has.</param>
internal readonly unsafe struct TileInputs<T>(TileSize tile, T* positions, int channels, int column, T* lines, int lineNumbers)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T* positions = positions, lines = lines;

    /// <summary>From position to position.</summary>
    public nint PositionStep => WinogradRoom<T>.PositionStep(channels, column);

    public T* At(int position) => positions + (position * PositionStep);

    /// <summary>Takes in a piece.</summary>
    /// <param name="image">The images.</param>
    /// <param name="firstChannel">The first channel that is taken.</param>
    /// <param name="piece">Which lanes.</param>
    /// <param name="lane">Where they go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(in TileImage<T> image, int firstChannel, TilePiece piece, int lane)
    {
        if (image.Samples == 1)
        {
            new SampleInputs<T>
            {
                Tile = tile,
                Image = image,
                FirstChannel = firstChannel,
                Channels = channels,
                Piece = piece,
                IsFirst = lane == 0,
                Positions = positions + lane,
                ChannelStep = column,
                PositionStep = PositionStep,
                Lines = lines,
                LineNumbers = lineNumbers,
            }.Take();
            return;
        }

        TilePlaces down = image.Rows(piece), across = image.Columns(piece);
        Widest.Run<T, Transform>(piece.Lanes, new()
        {
            Tile = tile,
            Image = image.At(firstChannel, piece),
            ImageStep = image.ChannelStep,
            Grid = image.Grid,
            Down = down,
            Across = across,
            Channels = channels,
            Lanes = piece.Lanes,
            Positions = positions + lane,
            ChannelStep = column,
            PositionStep = PositionStep,
        });
    }

    private struct Transform : IOnVectors<T>
    {
        public TileSize Tile;
        public T* Image, Positions;
        public nint ImageStep, ChannelStep, PositionStep;
        public TileGrid Grid;
        public TilePlaces Down, Across;
        public int Channels, Lanes;

        public readonly void Run<V>()
            where V : struct, ISimd<V, T>
        {
            if (Down.AreInside && Across.AreInside)
                Run<V, Off>();
            else
                Run<V, On>();
        }

        private readonly void Run<V, TAtBorder>()
            where V : struct, ISimd<V, T>
            where TAtBorder : unmanaged, IOption
        {
            if (Tile.IsLarge)
                LargeTileTransforms<T, V>.Inputs<TAtBorder>(Image, ImageStep, Grid, Down, Across, Channels, Lanes, Positions, ChannelStep, PositionStep);
            else
                SmallTileTransforms<T, V>.Inputs<TAtBorder>(Image, ImageStep, Grid, Down, Across, Channels, Lanes, Positions, ChannelStep, PositionStep);
        }
    }
}
