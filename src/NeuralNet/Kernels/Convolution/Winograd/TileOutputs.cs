using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The sums of tiles at the positions of <see cref="Winograd"/>: for each position some output channels, for each channel the lanes.</summary>
/// <param name="tile">The tiles.</param>
/// <param name="positions">The first position's first channel.</param>
/// <param name="channels">The channels.</param>
/// <param name="column">From channel to channel: the lanes, and what is left of the last line.</param>
/// <param name="patch">Room for a <see cref="TilePatch{T}"/>, or for <see cref="SampleOutputs{T}"/>.</param>
/// <param name="patchSize">The numbers that it has.</param>
internal readonly unsafe struct TileOutputs<T>(TileSize tile, T* positions, int channels, int column, T* patch, int patchSize)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T* positions = positions, patch = patch;

    /// <summary>From position to position.</summary>
    public nint PositionStep => WinogradRoom<T>.PositionStep(channels, column);

    public T* At(int position) => positions + (position * PositionStep);

    /// <summary>Gives out a piece.</summary>
    /// <param name="image">The images.</param>
    /// <param name="firstChannel">The first channel that is given.</param>
    /// <param name="piece">Which lanes.</param>
    /// <param name="lane">Where they lie.</param>
    /// <param name="rectifies">Whether the images get the Relu of what they get.</param>
    /// <param name="places">For images of each tile's largest output: which it was. Else null.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Give(in TileImage<T> image, int firstChannel, TilePiece piece, int lane, bool rectifies, T* places)
    {
        if (image.Samples == 1)
        {
            Debug.Assert(lane == 0 && piece.Column == 0);
            new SampleOutputs<T>
            {
                Tile = tile,
                Image = image,
                FirstChannel = firstChannel,
                Channels = channels,
                Piece = piece,
                Positions = positions,
                ChannelStep = column,
                PositionStep = PositionStep,
                Rectifies = rectifies,
                PoolPlaces = places,
                Room = patch,
            }.Give();
            return;
        }

        T* result = image.At(firstChannel, piece);
        TilePlaces rows = image.Rows(piece), columns = image.Columns(piece);
        var transform = new Transform { Tile = tile, Result = result, Grid = image.Grid, ImageStep = image.ChannelStep, Channels = channels, Lanes = piece.Lanes, Positions = positions + lane, ChannelStep = column, PositionStep = PositionStep, Rectifies = rectifies, IsPooled = places != null, ToPlaces = places == null ? 0 : (nint)(places - image.At(0, default)) };
        if (rows.AreInside && columns.AreInside)
        {
            Widest.Run<T, Transform>(piece.Lanes, transform);
            return;
        }

        // Some channels after the others, of which the image takes what lies within.
        var whole = new TilePatch<T>(patch, rows, columns, piece.Samples);
        int most = patchSize / whole.ChannelStep;
        transform = transform with { Result = patch, Grid = whole.Grid, ImageStep = whole.ChannelStep };
        for (int channel = 0; channel < channels; channel += most)
        {
            transform.Channels = Math.Min(most, channels - channel);
            transform.Positions = positions + (channel * column) + lane;
            Widest.Run<T, Transform>(piece.Lanes, transform);
            whole.Give(result + (channel * image.ChannelStep), image.ChannelStep, image.Grid, transform.Channels);
        }
    }

    private struct Transform : IOnVectors<T>
    {
        public TileSize Tile;
        public T* Result, Positions;
        public TileGrid Grid;
        public nint ImageStep, ChannelStep, PositionStep;
        public int Channels, Lanes;
        public bool Rectifies, IsPooled;
        public nint ToPlaces;

        public readonly void Run<V>()
            where V : struct, ISimd<V, T>
        {
            if (IsPooled)
                Run<V, LargestOfTile<T>>(new(ToPlaces, MaxPool.Floor<T>(Rectifies)));
            else
                Run<V, WholeTile<T>>(new(Rectifies));
        }

        private readonly void Run<V, TResult>(TResult result)
            where V : struct, ISimd<V, T>
            where TResult : struct, ITileResult<T>
        {
            if (Tile.IsLarge)
                LargeTileTransforms<T, V>.Outputs(result, Positions, ChannelStep, PositionStep, Channels, Lanes, Result, ImageStep, Grid);
            else
                SmallTileTransforms<T, V>.Outputs(result, Positions, ChannelStep, PositionStep, Channels, Lanes, Result, ImageStep, Grid);
        }
    }
}
