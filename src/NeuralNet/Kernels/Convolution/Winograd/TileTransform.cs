using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The inputs' transform of <see cref="Winograd"/> along one axis, from memory to memory.</summary>
internal unsafe interface ITileTransform<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Inputs, of which those beside the image are zeros, to positions.</summary>
    /// <param name="d">The first input of the first lane.</param>
    /// <param name="step">From input to input.</param>
    /// <param name="places">At the border, which of the inputs lie within the image.</param>
    /// <param name="v">The first position.</param>
    /// <param name="resultStep">From position to position.</param>
    static abstract void Input<V, TLanes, TAtBorder>(T* d, nint step, TilePlaces places, T* v, nint resultStep)
        where V : struct, ISimd<V, T>
        where TLanes : struct, ILanes<T>
        where TAtBorder : unmanaged, IOption;
}

/// <summary>Tiles of 2x2 outputs.</summary>
internal readonly unsafe struct SmallTile<T> : ITileTransform<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<V, TLanes, TAtBorder>(T* d, nint step, TilePlaces places, T* v, nint resultStep)
        where V : struct, ISimd<V, T>
        where TLanes : struct, ILanes<T>
        where TAtBorder : unmanaged, IOption => SmallTileTransforms<T, V>.Input<TLanes, TAtBorder>(d, step, places, v, resultStep);
}

/// <summary>Tiles of 4x4 outputs.</summary>
internal readonly unsafe struct LargeTile<T> : ITileTransform<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<V, TLanes, TAtBorder>(T* d, nint step, TilePlaces places, T* v, nint resultStep)
        where V : struct, ISimd<V, T>
        where TLanes : struct, ILanes<T>
        where TAtBorder : unmanaged, IOption => LargeTileTransforms<T, V>.Input<TLanes, TAtBorder>(d, step, places, v, resultStep);
}
