using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>What becomes of a square of outputs of each tile of a vector.</summary>
internal unsafe interface ITileResult<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Rows and columns of the result from one square to the next.</summary>
    static abstract int Step { get; }

    /// <summary>Stores a vector of tiles.</summary>
    /// <param name="result">The first tile's place.</param>
    /// <param name="grid">How the places of the result follow each other.</param>
    /// <param name="upperLeft">The outputs of the upper row; and so on.</param>
    /// <param name="upperRight">Right of it.</param>
    /// <param name="lowerLeft">Below it.</param>
    /// <param name="lowerRight">Right of that.</param>
    void Store<V>(T* result, TileGrid grid, V upperLeft, V upperRight, V lowerLeft, V lowerRight)
        where V : struct, ISimd<V, T>;
}

/// <summary>All four are stored.</summary>
/// <param name="rectifies">Whether the Relu of each.</param>
internal readonly unsafe struct WholeTile<T>(bool rectifies) : ITileResult<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Step => Winograd.Square;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<V>(T* result, TileGrid grid, V upperLeft, V upperRight, V lowerLeft, V lowerRight)
        where V : struct, ISimd<V, T>
    {
        if (rectifies)
        {
            (upperLeft, upperRight) = (V.Rectify(upperLeft), V.Rectify(upperRight));
            (lowerLeft, lowerRight) = (V.Rectify(lowerLeft), V.Rectify(lowerRight));
        }

        V.Store(result, upperLeft);
        V.Store(result + grid.Column, upperRight);
        V.Store(result + grid.Row, lowerLeft);
        V.Store(result + grid.Row + grid.Column, lowerRight);
    }
}

/// <summary>The largest is stored, as a pooling would find it, and which it was.</summary>
/// <param name="toPlaces">From where a largest one goes to where its place goes.</param>
/// <param name="floor">What it has to be above, <see cref="MaxPool.Floor"/>.</param>
internal readonly unsafe struct LargestOfTile<T>(nint toPlaces, T floor) : ITileResult<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Step => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<V>(T* result, TileGrid grid, V upperLeft, V upperRight, V lowerLeft, V lowerRight)
        where V : struct, ISimd<V, T>
    {
        V largest = upperLeft, place = V.Broadcast(T.Zero);
        Next(upperRight, 1, ref largest, ref place);
        Next(lowerLeft, 2, ref largest, ref place);
        Next(lowerRight, 3, ref largest, ref place);
        MaxPool.Rectify<T, V>(V.Broadcast(floor), ref largest, ref place);
        V.Store(result, largest);
        V.Store(result + toPlaces, place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Next<V>(V next, int number, ref V largest, ref V place)
        where V : struct, ISimd<V, T>
    {
        V stays = MaxPool.Stays<T, V>(largest, next);
        (largest, place) = (V.Select(stays, largest, next), V.Select(stays, place, V.Broadcast(T.CreateTruncating(number))));
    }
}
