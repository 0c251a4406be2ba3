namespace NeuralNet.Kernels;

/// <summary>The tiles of one vector width, by height and width.</summary>
internal static unsafe class Tiles<T, V>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : struct, ISimd<V, T>
{
    /// <summary>The most columns.</summary>
    public const int MostColumns = 6;

    /// <summary>The most vectors of rows: what fits into the machine's registers, 32 of 512 bits, else 16.</summary>
    public static int MostVectors => V.Width * sizeof(T) == 64 ? 4 : 2;

    /// <summary>Runs the tile of so many vectors and columns.</summary>
    public static void Run<TWalk>(int vectors, int columns, in TileTask<T> task)
        where TWalk : struct, ITileWalk
    {
        switch (vectors)
        {
            case 1:
                Run<OneVector<T, V>, TWalk>(columns, task);
                break;
            case 2:
                Run<TwoVectors<T, V>, TWalk>(columns, task);
                break;
            case 3:
                Run<ThreeVectors<T, V>, TWalk>(columns, task);
                break;
            default:
                Run<FourVectors<T, V>, TWalk>(columns, task);
                break;
        }
    }

    private static void Run<TRows, TWalk>(int columns, in TileTask<T> task)
        where TRows : struct, ITileRows<TRows, T>
        where TWalk : struct, ITileWalk
    {
        switch (columns)
        {
            case 1:
                Tile<T, TRows, OneColumn, TWalk>.Run(task);
                break;
            case 2:
                Tile<T, TRows, TwoColumns, TWalk>.Run(task);
                break;
            case 3:
                Tile<T, TRows, ThreeColumns, TWalk>.Run(task);
                break;
            case 4:
                Tile<T, TRows, FourColumns, TWalk>.Run(task);
                break;
            case 5:
                Tile<T, TRows, FiveColumns, TWalk>.Run(task);
                break;
            default:
                Tile<T, TRows, SixColumns, TWalk>.Run(task);
                break;
        }
    }
}
