using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>
/// Four rows of floats behind the vectors of a tile, as the last of a hundred rows. A vector of their own would leave three quarters of its lanes empty, and that for each column;
/// here it holds the four rows of four columns, a quarter each, or of two, a half each, whose second quarter counts for nothing.
/// </summary>
internal static unsafe class FourRows
{
    /// <summary>How many rows.</summary>
    public const int Count = 4;

    /// <summary>Vectors before them from which on they pay; behind a single one a tile would wait for its sums, however few they are.</summary>
    private const int FewestVectors = 2;

    // Quarters 0 and 2 of one vector, then of another.
    private const byte Even = 0b10_00_10_00;

    /// <summary>Whether so many rows end in four that are done sooner this way.</summary>
    public static bool Suit<T, V>(int rows)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : struct, ISimd<V, T> =>
        typeof(V) == typeof(Simd512<float>) && Avx512F.IsSupported && rows % V.Width == Count && rows > FewestVectors * V.Width;

    /// <summary>The four rows of two columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(void* y0, void* y1) =>
        Avx512F.Shuffle4x128(Avx512F.BroadcastVector128ToVector512((float*)y0), Avx512F.BroadcastVector128ToVector512((float*)y1), Even);

    /// <summary>A number for each of two columns, in all rows. A tile has them in all lanes of a register anyway.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(void* b0, void* b1) => Avx512F.Shuffle4x128(Vector512.Create(*(float*)b0), Vector512.Create(*(float*)b1), Even);

    /// <summary>Two columns and two more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Join(Vector512<float> lower, Vector512<float> upper) => Avx512F.Shuffle4x128(lower, upper, Even);

    /// <summary>Adds a·b, where the rows of a are the same for each column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Vector512<float> sums, void* a, Vector512<float> b) => sums = Vector512.FusedMultiplyAdd(Avx512F.BroadcastVector128ToVector512((float*)a), b, sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, void* y0, void* y1)
    {
        value.GetLower().GetLower().Store((float*)y0);
        value.GetUpper().GetLower().Store((float*)y1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, void* y0, void* y1, void* y2, void* y3)
    {
        value.GetLower().GetLower().Store((float*)y0);
        value.GetLower().GetUpper().Store((float*)y1);
        value.GetUpper().GetLower().Store((float*)y2);
        value.GetUpper().GetUpper().Store((float*)y3);
    }
}
