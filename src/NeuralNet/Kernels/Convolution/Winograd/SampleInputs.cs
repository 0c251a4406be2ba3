using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>What the tiles of a single sample see, as the positions of <see cref="Winograd"/>.</summary>
/// <remarks>
/// The columns of a row of tiles come first, lanes being the columns of the image: each is transformed once, though two tiles see some of them, and what comes out are as many lines as a tile has inputs.
/// Then these lines, lanes being tiles. Of the first piece a vector may reach past the last tile of a row: it writes into lanes of the next row, piece or channel, which are written after it, or behind the last.
/// </remarks>
internal unsafe struct SampleInputs<T> : IOnVectors<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public TileSize Tile;

    public TileImage<T> Image;

    public int FirstChannel, Channels;

    public TilePiece Piece;

    /// <summary>Whether all other pieces are taken in after this one.</summary>
    public bool IsFirst;

    /// <summary>Where the first channel's lanes go at the first position, and from there to the next channel and position.</summary>
    public T* Positions;
    public nint ChannelStep, PositionStep;

    /// <summary>Room for the lines of one or several rows of tiles, and its numbers.</summary>
    public T* Lines;
    public int LineNumbers;

    /// <summary>Takes them in.</summary>
    public readonly void Take()
    {
        TilePlaces across = Image.Columns(Piece);
        Widest.Run<T, SampleInputs<T>>(across.End - across.First, this);
    }

    /// <inheritdoc/>
    public readonly void Run<V>()
        where V : struct, ISimd<V, T>
    {
        if (IsFirst)
            Widest.RunWhole<T, Pass<V>>(Piece.Columns, new() { Inputs = this });
        else
            Widest.Run<T, Pass<V>>(Piece.Columns, new() { Inputs = this });
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private readonly void Take<V, VTiles, TTile, TTiles>()
        where V : struct, ISimd<V, T>
        where VTiles : struct, ISimd<VTiles, T>
        where TTile : struct, ITileTransform<T>
        where TTiles : struct, ILanes<T>
    {
        TilePlaces across = Image.Columns(Piece);
        int inputs = TTile.Tile.Inputs, pitch = WinogradRoom<T>.LinePitch(TTile.Tile, Piece.Columns), size = inputs * pitch;
        nint step = Image.Grid.Row;
        T* image = Image.At(FirstChannel, Piece) + across.First;

        // Some rows' columns and then their lines, since what was written a moment ago in vectors that begin elsewhere is slow to read. Columns beside the image stay zeros.
        int all = Channels * Piece.Rows, most = Math.Min((LineNumbers - WinogradRoom<T>.Spare) / size, all);
        Debug.Assert(most > 0);
        new Span<T>(Lines, most * size).Clear();
        for (int done = 0, end; done < all; done = end)
        {
            end = Math.Min(done + most, all);
            T* lines = Lines;
            for (int i = done; i < end; i++, lines += size)
            {
                (int channel, int row) = (i / Piece.Rows, i % Piece.Rows);
                Columns<V, TTile>(image + (channel * Image.ChannelStep) + (row * TTile.Tile.Outputs * step), step, Image.Rows(Piece with { Row = Piece.Row + row, Rows = 1 }), across.End - across.First, lines + across.First, pitch);
            }

            lines = Lines;
            for (int i = done; i < end; i++)
            {
                (int channel, int row) = (i / Piece.Rows, i % Piece.Rows);
                T* positions = Positions + (channel * ChannelStep) + (row * Piece.Columns);
                for (int line = 0; line < inputs; line++, lines += pitch, positions += inputs * PositionStep)
                    Line<VTiles, TTile, TTiles>(lines, positions);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns<V, TTile>(T* source, nint step, TilePlaces down, int count, T* lines, int pitch)
        where V : struct, ISimd<V, T>
        where TTile : struct, ITileTransform<T>
    {
        for (int first = 0; first < count; first += V.Width)
        {
            int column = Math.Min(first, count - V.Width);
            if (down.AreInside)
                TTile.Input<V, SideBySide<T>, Off>(source + column, step, down, lines + column, pitch);
            else
                TTile.Input<V, SideBySide<T>, On>(source + column, step, down, lines + column, pitch);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Line<V, TTile, TTiles>(T* line, T* positions)
        where V : struct, ISimd<V, T>
        where TTile : struct, ITileTransform<T>
        where TTiles : struct, ILanes<T>
    {
        for (int first = 0; first < Piece.Columns; first += V.Width)
        {
            int tile = Math.Max(0, Math.Min(first, Piece.Columns - V.Width));
            TTile.Input<V, TTiles, Off>(line + (tile * TTiles.Step), 1, default, positions + tile, PositionStep);
        }
    }

    // With the vectors for the lines too.
    private struct Pass<V> : IOnVectors<T>
        where V : struct, ISimd<V, T>
    {
        public SampleInputs<T> Inputs;

        public readonly void Run<VTiles>()
            where VTiles : struct, ISimd<VTiles, T>
        {
            if (Inputs.Tile.IsLarge)
                Inputs.Take<V, VTiles, LargeTile<T>, EveryFourth<T>>();
            else
                Inputs.Take<V, VTiles, SmallTile<T>, EverySecond<T>>();
        }
    }
}
