using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>What tiles see of a batch of images, as the positions of <see cref="Winograd"/>: for each position the input channels, for each channel the lanes.</summary>
/// <param name="tile">The tiles.</param>
/// <param name="positions">The first position's first channel.</param>
/// <param name="channels">The channels.</param>
/// <param name="column">From channel to channel: the lanes, and what is left of the last line.</param>
/// <param name="patch">Room for <see cref="TilePatch{T}"/>: some channels of a piece.</param>
/// <param name="patchSize">The numbers that it has.</param>
internal readonly unsafe struct TileInputs<T>(TileSize tile, T* positions, int channels, int column, T* patch, int patchSize)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T* positions = positions, patch = patch;

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
        T* source = image.At(firstChannel, piece);
        TilePlaces rows = image.Rows(piece), columns = image.Columns(piece);
        var transform = new Transform { Tile = tile, Source = source, Grid = image.Grid, ChannelStep = image.ChannelStep, Channels = channels, IsSingle = image.Samples == 1, Rows = piece.Rows, Lanes = piece.LanesOfRow, Positions = positions + lane, Column = column, PositionStep = PositionStep };
        transform.IsAtBorder = !rows.AreInside || !columns.AreInside;
        (transform.Down, transform.Across) = (rows, columns);
        if (!transform.IsAtBorder || !transform.IsSingle)
        {
            Widest.Run<T, Transform>(piece.LanesOfRow, transform);
            return;
        }

        // Of a single sample, whose lanes are many tiles, some channels after the others, with zeros beside the image.
        var whole = new TilePatch<T>(patch, rows, columns, piece.Samples);
        int most = patchSize / whole.ChannelStep;
        transform = transform with { IsAtBorder = false, Source = patch, Grid = whole.Grid, ChannelStep = whole.ChannelStep };
        for (int channel = 0; channel < channels; channel += most)
        {
            transform.Channels = Math.Min(most, channels - channel);
            transform.Positions = positions + (channel * column) + lane;
            whole.Take(source + (channel * image.ChannelStep), image.ChannelStep, image.Grid, transform.Channels);
            Widest.Run<T, Transform>(piece.LanesOfRow, transform);
        }
    }

    private struct Transform : IOnVectors<T>
    {
        public TileSize Tile;
        public T* Source, Positions;
        public TileGrid Grid;
        public nint ChannelStep, Column, PositionStep;
        public int Channels, Rows, Lanes;
        public bool IsSingle, IsAtBorder;
        public TilePlaces Down, Across;

        public readonly void Run<V>()
            where V : struct, ISimd<V, T>
        {
            if (IsAtBorder)
                Run<V, SideBySide<T>, On>();
            else if (!IsSingle)
                Run<V, SideBySide<T>, Off>();
            else if (Tile.IsLarge)
                Run<V, EveryFourth<T>, Off>();
            else
                Run<V, EverySecond<T>, Off>();
        }

        private readonly void Run<V, TLanes, TAtBorder>()
            where V : struct, ISimd<V, T>
            where TLanes : struct, ILanes<T>
            where TAtBorder : unmanaged, IOption
        {
            if (Tile.IsLarge)
                LargeTileTransforms<T, V>.Inputs<TLanes, TAtBorder>(Source, ChannelStep, Grid, Down, Across, Channels, Rows, Lanes, Positions, Column, PositionStep);
            else
                SmallTileTransforms<T, V>.Inputs<TLanes, TAtBorder>(Source, ChannelStep, Grid, Down, Across, Channels, Rows, Lanes, Positions, Column, PositionStep);
        }
    }
}
