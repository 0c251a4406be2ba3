namespace NeuralNet.Kernels;

/// <summary>Winograd's minimal filtering of 3x3 kernels: F(2x2, 3x3), four neighbouring outputs for 16 multiplications instead of 36; and F(4x4, 3x3), sixteen for 36 instead of 144.</summary>
/// <remarks>
/// <para>
/// A tile of outputs, two or four along each axis, sees two more inputs d along each. With the kernel g it is <c>y = Aᵀ[(G g Gᵀ) ∘ (Bᵀ d B)]A</c>, ∘ number by number: additions before and after, and between them, for each of the
/// positions of a tile, a product of matrices: tiles by input channels times input channels by output channels. Along one axis, for two outputs:
/// </para>
/// <code>
/// Bᵀd = (d0 - d2, d1 + d2, d2 - d1, d3 - d1)
/// G g = (g0, ½(g0 + g2 + g1), ½(g0 + g2 - g1), g2)
/// Aᵀm = (m0 + m1 + m2, m1 - m2 + m3)
/// </code>
/// <para>
/// Its last position has the other sign than usual, in input and output, which saves a negation. For four outputs, by the points 0, 1, -1, ½, -2 and infinity, with r = d4 - d2 and s = d3 - d1:
/// </para>
/// <code>
/// Bᵀd = (r + 1½s + d0 - d2, r + s + 1½(d3 + d2), r - s + 1½(d3 - d2), r + 2s, r - ½s, d5 - d3 + 1½r - s)
/// G g = (g0, ⅓(g0 + g2 + g1), ⅓(g1 - g0 - g2), -(16g0 + 8g1 + 4g2)/15, (g0 - 2g1 + 4g2)/15, g2)
/// Aᵀm = (m0 + m1 + m2 + m3 + m4, m1 - m2 + ½m3 - 2m4, m1 + m2 + ¼m3 + 4m4, m1 - m2 + ⅛m3 - 8m4 + m5)
/// </code>
/// <para>The derivatives are the transposed ones: of dL/dy to the positions A, of the positions to dL/dg Gᵀ. Each transform takes the columns first, then the rows.</para>
/// <para>
/// Sums are of other terms than a sliding window's: as exact by small tiles, of small whole numbers even without any rounding; by large ones with two to three times the error, in float 1e-6 to 5e-6 of the largest output from 16 to 256 channels (the tests' winograd_error.py).
/// Around an infinite input all outputs of its tiles can be NaN. Lavin and Gray (2016), arXiv:1509.09308; the points for four outputs are of Barabasz, Anderson, Soodhalter and Gregg (2020), doi:10.1145/3412380.
/// </para>
/// </remarks>
internal static class Winograd
{
    /// <summary>The places of a kernel.</summary>
    public const int KernelPlaces = 9;

    /// <summary>Outputs of a tile leave it in squares of so many along each axis: what a pooling picks the largest of.</summary>
    public const int Square = 2;

    /// <summary>From how many channels on, of input and of output, there is more saved than the additions cost, and from which height and width of the output on, by small tiles and by large ones.</summary>
    private const int FewestChannels = 16, FewestOutputs = 4, FewestForLarge = 12;

    /// <summary>Large tiles have to leave no more than this part of the small ones' multiplications: some of theirs lie beside the outputs.</summary>
    private const double MostOfSmall = 2.0 / 3;

    /// <summary>The tiles by which a convolution is done, if it is done this way: a matter of its shape alone, so that a sample's bits do not depend on its batch.</summary>
    public static TileSize? Suits(int inputs, int outputs, WindowAxis rows, WindowAxis columns)
    {
        if (inputs < FewestChannels || outputs < FewestChannels || !Suits(rows) || !Suits(columns))
            return null;
        bool isLarge = Math.Min(rows.Output, columns.Output) >= FewestForLarge && Multiplications(TileSize.Large) <= MostOfSmall * Multiplications(TileSize.Small);
        return isLarge ? TileSize.Large : TileSize.Small;

        double Multiplications(TileSize tile) => (double)tile.Tiles(rows) * tile.Tiles(columns) * tile.Positions;
    }

    private static bool Suits(WindowAxis axis) => axis is { Kernel: 3, Stride: 1, Dilation: 1, Output: >= FewestOutputs };
}
