using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// An orthogonal initial weight times a gain: seen as PyTorch's matrix <c>[out, in]</c> (<c>[out, in·kh·kw]</c> for a convolution) its rows are orthonormal,
/// or its columns where there are as many rows or more. It keeps lengths exactly where the others keep them on average.
/// </summary>
/// <remarks>
/// As PyTorch's <c>orthogonal_</c>: Q of the QR decomposition of normally distributed numbers, with the signs that make R's diagonal positive, so that all orthogonal matrices are
/// equally likely. A row is fanIn numbers. The work is four times the larger side times the square of the smaller: a second for 1000 x 1000.
/// </remarks>
/// <seealso href="https://arxiv.org/abs/1312.6120">Saxe, McClelland and Ganguli (2013), Exact solutions to the nonlinear dynamics of learning in deep linear neural networks.</seealso>
public sealed record Orthogonal : IInitializer
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="gain">The length of each row or column, finite; 1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gain is not finite.</exception>
    public Orthogonal(double gain = 1) => Gain = gain;

    /// <summary>The length of each row or column.</summary>
    public double Gain { get; init => field = Guard.Finite(value, "gain"); }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The values are not rows of <paramref name="fanIn"/> numbers.</exception>
    public void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = Guard.WholeRows(nameof(Orthogonal), values.Length, fanIn);
        var normal = new double[values.Length];
        Gaussian.Fill<double>(normal, 0, 1, random);
        if (rows < fanIn)
        {
            GramSchmidt.Orthonormalize(normal, fanIn);
            for (int i = 0; i < normal.Length; i++)
                values[i] = T.CreateTruncating(Gain * normal[i]);
            return;
        }

        var columns = new double[values.Length];
        for (int i = 0; i < normal.Length; i++)
            columns[(i % fanIn * rows) + (i / fanIn)] = normal[i];
        GramSchmidt.Orthonormalize(columns, rows);
        for (int i = 0; i < normal.Length; i++)
            values[i] = T.CreateTruncating(Gain * columns[(i % fanIn * rows) + (i / fanIn)]);
    }
}
