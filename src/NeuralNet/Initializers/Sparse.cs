using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// Normally distributed initial values of which a share is zero: seen as PyTorch's matrix <c>[out, in]</c>, in each column, which is what one input feeds,
/// <c>⌈sparsity·out⌉</c> random places.
/// </summary>
/// <remarks>As PyTorch's <c>sparse_</c>. A row is fanIn numbers.</remarks>
/// <seealso href="https://icml.cc/Conferences/2010/papers/458.pdf">Martens (2010), Deep learning via Hessian-free optimization.</seealso>
public sealed record Sparse : IInitializer
{
    /// <summary>Creates the initializer.</summary>
    /// <param name="sparsity">The share of zeros in each column, in [0, 1).</param>
    /// <param name="standardDeviation">The standard deviation of the others, at least 0; 0.01 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public Sparse(double sparsity, double standardDeviation = 0.01) => (Sparsity, StandardDeviation) = (sparsity, standardDeviation);

    /// <summary>The share of zeros in each column, in [0, 1).</summary>
    public double Sparsity { get; init => field = Guard.Share(value, "sparsity"); }

    /// <summary>The standard deviation of the others, at least 0.</summary>
    public double StandardDeviation { get; init => field = Guard.NotNegative(value, "standardDeviation"); }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The values are not rows of <paramref name="fanIn"/> numbers.</exception>
    public void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = Guard.WholeRows(nameof(Sparse), values.Length, fanIn);
        int zeros = (int)Math.Ceiling(Sparsity * rows);
        Gaussian.Fill(values, 0, StandardDeviation, random);
        int[] order = [.. Enumerable.Range(0, rows)];
        for (int column = 0; column < fanIn; column++)
        {
            // The first places of a random permutation (Fisher and Yates), whatever order the last column left.
            for (int i = 0; i < zeros; i++)
            {
                int other = random.Next(i, rows);
                (order[i], order[other]) = (order[other], order[i]);
                values[(order[i] * fanIn) + column] = T.Zero;
            }
        }
    }
}
