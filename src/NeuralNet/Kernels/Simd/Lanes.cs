using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Which numbers in memory the lanes of a vector are.</summary>
internal unsafe interface ILanes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>From one lane's number to the next's.</summary>
    static abstract int Step { get; }

    static abstract V Load<V>(T* source)
        where V : struct, ISimd<V, T>;

    /// <summary>Stores vectors for two columns that follow each other.</summary>
    /// <param name="destination">The first column.</param>
    /// <param name="columnStep">From there to the second, where columns are longer than a number.</param>
    /// <param name="first">For the first.</param>
    /// <param name="second">For the second.</param>
    static abstract void StoreTwo<V>(T* destination, nint columnStep, V first, V second)
        where V : struct, ISimd<V, T>;
}

/// <summary>Lanes are numbers side by side: the samples of a column and, where it has fewer than the vector, of the next.</summary>
internal readonly unsafe struct SideBySide<T> : ILanes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Step => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(T* source)
        where V : struct, ISimd<V, T> => V.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTwo<V>(T* destination, nint columnStep, V first, V second)
        where V : struct, ISimd<V, T>
    {
        V.Store(destination, first);
        V.Store(destination + columnStep, second);
    }
}

/// <summary>Lanes are every second column, of a single sample.</summary>
internal readonly unsafe struct EverySecond<T> : ILanes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Step => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(T* source)
        where V : struct, ISimd<V, T> => V.LoadEverySecond(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTwo<V>(T* destination, nint columnStep, V first, V second)
        where V : struct, ISimd<V, T> => V.StoreAlternating(destination, first, second);
}
