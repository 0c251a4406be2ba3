using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>What the tiles of a single sample see, as the positions of <see cref="Winograd"/>.</summary>
/// <remarks>
/// The columns of a row of tiles come first, lanes being the columns of the image: each is transformed once, though two tiles see some of them, and what comes out are as many lines as a tile has inputs.
/// Then these lines, lanes being tiles. Of the first piece a vector may reach past the last tile of a row: it writes into lanes of the next row, piece or channel, which are written after it, or behind the last.
/// </remarks>
internal unsafe struct SampleInputs<T>
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

    // Rows of tiles, of one channel after the other.
    private int first, end;

    private readonly int Pitch => WinogradRoom<T>.LinePitch(Tile, Piece.Columns);

    // The numbers of a row's lines.
    private readonly int Size => Tile.Inputs * Pitch;

    /// <summary>Takes them in.</summary>
    public void Take()
    {
        // Some rows' columns and then their lines, since what was written a moment ago in vectors that begin elsewhere is slow to read. Columns beside the image stay zeros.
        TilePlaces across = Image.Columns(Piece);
        int rows = Channels * Piece.Rows, most = Math.Min((LineNumbers - WinogradRoom<T>.Spare) / Size, rows);
        Debug.Assert(most > 0);
        new Span<T>(Lines, most * Size).Clear();
        for (first = 0; first < rows; first = end)
        {
            end = Math.Min(first + most, rows);
            Widest.Run<T, ColumnPass>(across.End - across.First, new() { Inputs = this });
            if (IsFirst)
                Widest.RunWhole<T, LinePass>(Piece.Columns, new() { Inputs = this });
            else
                Widest.Run<T, LinePass>(Piece.Columns, new() { Inputs = this });
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private readonly void TakeColumns<V, TTile>()
        where V : struct, ISimd<V, T>
        where TTile : struct, ITileTransform<T>
    {
        TilePlaces across = Image.Columns(Piece);
        T* image = Image.At(FirstChannel, Piece) + across.First, lines = Lines + across.First;
        int count = across.End - across.First, pitch = Pitch, size = Size;
        nint step = Image.Grid.Row;
        for (int i = first; i < end; i++, lines += size)
        {
            (int channel, int row) = (i / Piece.Rows, i % Piece.Rows);
            T* source = image + (channel * Image.ChannelStep) + (row * Tile.Outputs * step);
            TilePlaces down = Image.Rows(Piece with { Row = Piece.Row + row, Rows = 1 });
            for (int column = 0; column < count; column += V.Width)
            {
                int place = Math.Min(column, count - V.Width);
                if (down.AreInside)
                    TTile.Input<V, SideBySide<T>, Off>(source + place, step, down, lines + place, pitch);
                else
                    TTile.Input<V, SideBySide<T>, On>(source + place, step, down, lines + place, pitch);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private readonly void TakeLines<V, TTile, TTiles>()
        where V : struct, ISimd<V, T>
        where TTile : struct, ITileTransform<T>
        where TTiles : struct, ILanes<T>
    {
        T* line = Lines;
        int inputs = Tile.Inputs, pitch = Pitch, tiles = Piece.Columns;
        nint step = PositionStep;
        for (int i = first; i < end; i++)
        {
            (int channel, int row) = (i / Piece.Rows, i % Piece.Rows);
            T* positions = Positions + (channel * ChannelStep) + (row * tiles);
            for (int input = 0; input < inputs; input++, line += pitch, positions += inputs * step)
            {
                for (int next = 0; next < tiles; next += V.Width)
                {
                    int tile = Math.Max(0, Math.Min(next, tiles - V.Width));
                    TTile.Input<V, TTiles, Off>(line + (tile * TTiles.Step), 1, default, positions + tile, step);
                }
            }
        }
    }

    private struct ColumnPass : IOnVectors<T>
    {
        public SampleInputs<T> Inputs;

        public readonly void Run<V>()
            where V : struct, ISimd<V, T>
        {
            if (Inputs.Tile.IsLarge)
                Inputs.TakeColumns<V, LargeTile<T>>();
            else
                Inputs.TakeColumns<V, SmallTile<T>>();
        }
    }

    private struct LinePass : IOnVectors<T>
    {
        public SampleInputs<T> Inputs;

        public readonly void Run<V>()
            where V : struct, ISimd<V, T>
        {
            if (Inputs.Tile.IsLarge)
                Inputs.TakeLines<V, LargeTile<T>, EveryFourth<T>>();
            else
                Inputs.TakeLines<V, SmallTile<T>, EverySecond<T>>();
        }
    }
}
