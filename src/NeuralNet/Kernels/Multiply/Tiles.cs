namespace NeuralNet.Kernels;

/// <summary>The tiles of one vector width, by their height.</summary>
internal static unsafe class Tiles<T, V>
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : struct, ISimd<V, T>
{
    /// <summary>The columns of a tile.</summary>
    public const int Columns = 6;

    /// <summary>The most vectors of rows: what fits into the machine's registers, 32 of 512 bits, else 16.</summary>
    public static int MostVectors => V.Width * sizeof(T) == 64 ? 4 : 2;

    /// <summary>See <see cref="Tile{T, TRows}.Run"/>.</summary>
    public static void Run(int vectors, T* a, nint stepA, Operand<T> b, int depth, T* start, bool continues, T* c, nint stepC, int rows, int columns)
    {
        switch (vectors)
        {
            case 1:
                Tile<T, OneVector<T, V>>.Run(a, stepA, b, depth, start, continues, c, stepC, rows, columns);
                break;
            case 2:
                Tile<T, TwoVectors<T, V>>.Run(a, stepA, b, depth, start, continues, c, stepC, rows, columns);
                break;
            case 3:
                Tile<T, ThreeVectors<T, V>>.Run(a, stepA, b, depth, start, continues, c, stepC, rows, columns);
                break;
            default:
                Tile<T, FourVectors<T, V>>.Run(a, stepA, b, depth, start, continues, c, stepC, rows, columns);
                break;
        }
    }
}
