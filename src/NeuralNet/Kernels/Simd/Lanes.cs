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
}

/// <summary>Lanes are numbers side by side: the samples of a column and, where it has fewer than the vector, of the next.</summary>
internal readonly unsafe struct SideBySide<T> : ILanes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Step => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(T* source)
        where V : struct, ISimd<V, T> => V.Load(source);
}

/// <summary>Lanes are every second column, of a single sample.</summary>
internal readonly unsafe struct EverySecond<T> : ILanes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Step => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(T* source)
        where V : struct, ISimd<V, T> => V.LoadEverySecond(source);
}

/// <summary>Lanes are every fourth column, of a single sample.</summary>
internal readonly unsafe struct EveryFourth<T> : ILanes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Step => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(T* source)
        where V : struct, ISimd<V, T> => V.LoadEveryFourth(source);
}
