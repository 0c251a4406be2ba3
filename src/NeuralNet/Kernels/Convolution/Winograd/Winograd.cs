namespace NeuralNet.Kernels;

/// <summary>Winograd's minimal filtering F(2x2, 3x3): four neighbouring outputs of a 3x3 kernel for 16 multiplications instead of 36.</summary>
/// <remarks>
/// <para>
/// A tile of 2x2 outputs sees 4x4 inputs d. With the kernel g it is <c>y = Aᵀ[(G g Gᵀ) ∘ (Bᵀ d B)]A</c>, ∘ number by number: additions before and after, and between them, for each of the
/// 16 positions of a tile, a product of matrices: tiles by input channels times input channels by output channels. Along one axis:
/// </para>
/// <code>
/// Bᵀd = (d0 - d2, d1 + d2, d2 - d1, d3 - d1)
/// G g = (g0, ½(g0 + g2 + g1), ½(g0 + g2 - g1), g2)
/// Aᵀm = (m0 + m1 + m2, m1 - m2 + m3)
/// </code>
/// <para>
/// The derivatives are the transposed ones: of dL/dy to the positions <c>A e = (e0, e0 + e1, e0 - e1, e1)</c>, of the positions to dL/dg
/// <c>Gᵀu = (u0 + ½(u1 + u2), ½(u1 - u2), u3 + ½(u1 + u2))</c>. Each transform takes the rows first, then the columns, and its sums from left to right.
/// </para>
/// <para>
/// Sums are of other terms than a sliding window's, and as exact: of small whole numbers they are exact. But around an infinite input all outputs of its tiles can be NaN.
/// Lavin and Gray (2016), arXiv:1509.09308; at the last position input and output have the other sign here, which saves a negation.
/// </para>
/// </remarks>
internal static class Winograd
{
    /// <summary>The inputs of a tile along one axis, and of a tile.</summary>
    public const int TileInputs = 4, Positions = TileInputs * TileInputs;

    /// <summary>The places of a kernel.</summary>
    public const int KernelPlaces = 9;

    /// <summary>The outputs of a tile along one axis.</summary>
    public const int TileOutputs = 2;

    /// <summary>The position that is 1 times each output of its tile: a sum that starts there from the bias adds it to all.</summary>
    public const int BiasPosition = TileInputs + 1;

    /// <summary>From how many channels on, of input and of output, there is more saved than the additions cost, and from which height and width of the output on.</summary>
    private const int FewestChannels = 16, FewestOutputs = 4;

    /// <summary>Whether a convolution is done this way: a matter of its shape alone, so that a sample's bits do not depend on its batch.</summary>
    public static bool Suits(int inputs, int outputs, WindowAxis rows, WindowAxis columns) =>
        inputs >= FewestChannels && outputs >= FewestChannels && Suits(rows) && Suits(columns);

    /// <summary>Whether each window of a pooling behind the convolution is a tile.</summary>
    public static bool CanPool(PoolShape pool) => pool.IsApart && IsTile(pool.Rows) && IsTile(pool.Columns);

    private static bool IsTile(WindowAxis axis) => axis.Kernel == TileOutputs && axis.Input == axis.Output * TileOutputs;

    /// <summary>The tiles along an axis; of the last one a place may lie beside the outputs.</summary>
    public static int Tiles(WindowAxis axis) => (axis.Output + TileOutputs - 1) / TileOutputs;

    private static bool Suits(WindowAxis axis) => axis is { Kernel: 3, Stride: 1, Dilation: 1, Output: >= FewestOutputs };
}
