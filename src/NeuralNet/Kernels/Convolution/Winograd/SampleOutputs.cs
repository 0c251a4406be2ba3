using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>From the positions of <see cref="Winograd"/> to the outputs of a single sample's tiles.</summary>
/// <remarks>
/// A channel's tiles are transformed for vectors of tiles, wherever they stand; what comes out are columns of numbers, one for each place of a tile. These are then woven into rows of the image.
/// A vector that reaches past the last tile of a row writes where the next row is written after it, or behind the last.
/// </remarks>
internal unsafe struct SampleOutputs<T> : IOnVectors<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public TileSize Tile;

    public TileImage<T> Image;

    public int FirstChannel, Channels;

    /// <summary>Whole rows of tiles.</summary>
    public TilePiece Piece;

    /// <summary>Where the first channel's lanes lie at the first position, and from there to the next channel, which is also how many lanes there are, needed or not, and to the next position.</summary>
    public T* Positions;
    public int ChannelStep;
    public nint PositionStep;

    /// <summary>Whether the image gets the Relu.</summary>
    public bool Rectifies;

    /// <summary>For an image of each square's largest output: which it was. Else null.</summary>
    public T* PoolPlaces;

    /// <summary>Room for a channel's columns and rows.</summary>
    public T* Room;

    private readonly bool IsPooled => PoolPlaces != null;

    // How many numbers a tile has along each axis.
    private readonly int Step => IsPooled ? Tile.Outputs / Winograd.Square : Tile.Outputs;

    private readonly int ColumnNumbers => Step * Step * ChannelStep;

    /// <summary>Gives them out.</summary>
    public readonly void Give() => Widest.Run<T, SampleOutputs<T>>(ChannelStep, this);

    /// <inheritdoc/>
    public readonly void Run<V>()
        where V : struct, ISimd<V, T>
    {
        var grid = new TileGrid(Step * ChannelStep, ChannelStep);
        T* positions = Positions, image = Image.At(FirstChannel, Piece);
        for (int channel = 0; channel < Channels; channel++, positions += ChannelStep, image += Image.ChannelStep)
        {
            if (IsPooled)
                Transform<V, LargestOfTile<T>>(new(ColumnNumbers, MaxPool.Floor<T>(Rectifies)), positions, grid);
            else
                Transform<V, WholeTile<T>>(new(Rectifies), positions, grid);
            Weave(Room, image);
            if (IsPooled)
                Weave(Room + ColumnNumbers, PoolPlaces + (image - Image.At(0, default)));
        }
    }

    private readonly void Transform<V, TResult>(TResult result, T* positions, TileGrid grid)
        where V : struct, ISimd<V, T>
        where TResult : struct, ITileResult<T>
    {
        if (Tile.IsLarge)
            LargeTileTransforms<T, V>.Outputs(result, positions, 0, PositionStep, 1, ChannelStep, Room, 0, grid);
        else
            SmallTileTransforms<T, V>.Outputs(result, positions, 0, PositionStep, 1, ChannelStep, Room, 0, grid);
    }

    // Columns into what of them lies within the image.
    private readonly void Weave(T* columns, T* image)
    {
        TilePlaces rows = Image.Rows(Piece), across = Image.Columns(Piece);
        T* woven = Room + ((IsPooled ? 2 : 1) * ColumnNumbers);
        Widest.RunWhole<T, Weaving>(Piece.Columns, new() { Columns = columns, ColumnStep = ChannelStep, TileRows = Piece.Rows, Tiles = Piece.Columns, Step = Step, Rows = woven });
        Packing.Pack(new Operand<T>(woven, 1, Step * Piece.Columns), across.End, (int)Image.Grid.Row, rows.End, image);
    }

    private struct Weaving : IOnVectors<T>
    {
        public T* Columns, Rows;
        public int ColumnStep, TileRows, Tiles, Step;

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<V>()
            where V : struct, ISimd<V, T>
        {
            int length = Step * Tiles;
            T* row = Rows, even = Rows + (TileRows * Step * length) + WinogradRoom<T>.Spare, odd = even + (2 * Tiles) + WinogradRoom<T>.Spare;
            for (int tiles = 0; tiles < TileRows; tiles++)
            {
                T* column = Columns + (tiles * Tiles);
                for (int place = 0; place < Step; place++, row += length, column += Step * ColumnStep)
                {
                    switch (Step)
                    {
                        case 1:
                            Copy<V>(column, row);
                            break;
                        case 2:
                            Weave<V>(column, column + ColumnStep, Tiles, row);
                            break;
                        default:
                            Weave<V>(column, column + (2 * ColumnStep), Tiles, even);
                            Weave<V>(column + ColumnStep, column + (3 * ColumnStep), Tiles, odd);
                            Weave<V>(even, odd, 2 * Tiles, row);
                            break;
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Copy<V>(T* from, T* to)
            where V : struct, ISimd<V, T>
        {
            for (int i = 0; i < Tiles; i += V.Width)
                V.Store(to + i, V.Load(from + i));
        }

        // Numbers of both by turns.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Weave<V>(T* even, T* odd, int count, T* both)
            where V : struct, ISimd<V, T>
        {
            for (int i = 0; i < count; i += V.Width)
                V.StoreAlternating(both + (2 * i), V.Load(even + i), V.Load(odd + i));
        }
    }
}
