using MathNet.Numerics.Providers.LinearAlgebra;
using NeuralNet.Kernels;
using Transpose = MathNet.Numerics.Providers.LinearAlgebra.Transpose;

namespace NeuralNet;

/// <summary>
/// MathNet's linear algebra with this library's matrix products: <c>A * B</c> of <see cref="float"/> and <see cref="double"/> matrices on vector instructions and
/// in cache-sized blocks, without a native binary. Elsewhere called a backend, or BLAS.
/// </summary>
/// <remarks>
/// <para>
/// One line switches a whole process over: <c>LinearAlgebraControl.Provider = new SimdLinearAlgebraProvider();</c> or, the same, <see cref="Use"/>;
/// <c>LinearAlgebraControl.UseManaged()</c> switches back. The library itself never does either and does not need it: its layers call the same kernels directly.
/// </para>
/// <para>
/// MathNet's dense matrices then multiply through this provider: <c>A * B</c>, <c>A * v</c>, <c>Multiply</c>, <c>TransposeThisAndMultiply</c>, <c>TransposeAndMultiply</c>.
/// All else (sums, norms, factorizations, complex numbers) is MathNet's <see cref="ManagedLinearAlgebraProvider"/>, whose own inner products stay its own.
/// </para>
/// <para>
/// Each element is summed over k in order with fused multiply-add, so its bits depend neither on the number of threads nor on the width of the vectors. They differ
/// from the managed provider's in the last places, because that one rounds each product before it adds it. The number of threads is at most MathNet's
/// <c>Control.MaxDegreeOfParallelism</c>. The provider holds no state: any number of threads may call it at once.
/// </para>
/// </remarks>
public sealed partial class SimdLinearAlgebraProvider : ILinearAlgebraProvider
{
    private static readonly ManagedLinearAlgebraProvider Managed = ManagedLinearAlgebraProvider.Instance;

    /// <summary>Makes a new <see cref="SimdLinearAlgebraProvider"/> MathNet's provider for the whole process. It is for an application to call, not for a library.</summary>
    public static void Use() => LinearAlgebraControl.Provider = new SimdLinearAlgebraProvider();

    /// <summary>Multiplies two matrices: <c>result = x·y</c>.</summary>
    /// <remarks>
    /// Shapes: x [rowsX, columnsX], y [rowsY, columnsY], result [rowsX, columnsY], all column after column. What <paramref name="result"/> held does not matter.
    /// It may be the array of <paramref name="x"/> or <paramref name="y"/>, which the product then replaces (the managed provider clears them first and returns zeros).
    /// </remarks>
    /// <param name="x">The left factor.</param>
    /// <param name="rowsX">The rows of x, at least 0.</param>
    /// <param name="columnsX">The columns of x, at least 0.</param>
    /// <param name="y">The right factor.</param>
    /// <param name="rowsY">The rows of y, as many as x has columns.</param>
    /// <param name="columnsY">The columns of y, at least 0.</param>
    /// <param name="result">Takes the product.</param>
    /// <exception cref="ArgumentNullException">An array is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The factors do not fit together, or an array does not have the length of its matrix.</exception>
    public void MatrixMultiply(float[] x, int rowsX, int columnsX, float[] y, int rowsY, int columnsY, float[] result) =>
        Multiply(x, rowsX, columnsX, y, rowsY, columnsY, result);

    /// <inheritdoc cref="MatrixMultiply(float[], int, int, float[], int, int, float[])"/>
    public void MatrixMultiply(double[] x, int rowsX, int columnsX, double[] y, int rowsY, int columnsY, double[] result) =>
        Multiply(x, rowsX, columnsX, y, rowsY, columnsY, result);

    /// <summary>Multiplies two matrices, each transposed or not, and updates a third: <c>c = alpha·op(a)·op(b) + beta·c</c>, the GEMM of BLAS.</summary>
    /// <remarks>
    /// Shapes: a [rowsA, columnsA] and b [rowsB, columnsB] as they lie in memory, column after column, before op; c [rows of op(a), columns of op(b)].
    /// As in MathNet's managed provider: with beta 0, c is not read, so a NaN in it does not matter; with alpha 0, a and b are not read; the conjugate transpose of
    /// real numbers is the transpose. The sum comes first, then <c>alpha·sum</c> and <c>beta·c</c>, each rounded, then their sum.
    /// <paramref name="c"/> may be the array of <paramref name="a"/> or <paramref name="b"/>: all of them are read before it is written.
    /// The call allocates as much as c holds if beta is not 0 or c is one of the factors, and nothing else in the steady state.
    /// </remarks>
    /// <param name="transposeA">Whether op(a) is a or its transpose.</param>
    /// <param name="transposeB">Whether op(b) is b or its transpose.</param>
    /// <param name="alpha">Scales the product.</param>
    /// <param name="a">The left factor.</param>
    /// <param name="rowsA">The rows of a before op, at least 0.</param>
    /// <param name="columnsA">The columns of a before op, at least 0.</param>
    /// <param name="b">The right factor.</param>
    /// <param name="rowsB">The rows of b before op, at least 0.</param>
    /// <param name="columnsB">The columns of b before op, at least 0.</param>
    /// <param name="beta">Scales what c held.</param>
    /// <param name="c">The matrix to update.</param>
    /// <exception cref="ArgumentNullException">An array is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The factors do not fit together, or an array does not have the length of its matrix.</exception>
    public void MatrixMultiplyWithUpdate(
        Transpose transposeA, Transpose transposeB, float alpha, float[] a, int rowsA, int columnsA, float[] b, int rowsB, int columnsB, float beta, float[] c) =>
        Update(transposeA, transposeB, alpha, a, rowsA, columnsA, b, rowsB, columnsB, beta, c);

    /// <inheritdoc cref="MatrixMultiplyWithUpdate(Transpose, Transpose, float, float[], int, int, float[], int, int, float, float[])"/>
    public void MatrixMultiplyWithUpdate(
        Transpose transposeA, Transpose transposeB, double alpha, double[] a, int rowsA, int columnsA, double[] b, int rowsB, int columnsB, double beta, double[] c) =>
        Update(transposeA, transposeB, alpha, a, rowsA, columnsA, b, rowsB, columnsB, beta, c);

    /// <summary>What MathNet's <c>Control.Describe()</c> prints.</summary>
    public override string ToString() => "NeuralNet SIMD";

    bool ILinearAlgebraProvider.IsAvailable() => Managed.IsAvailable();

    void ILinearAlgebraProvider.InitializeVerify() => Managed.InitializeVerify();

    void ILinearAlgebraProvider.FreeResources() => Managed.FreeResources();

    private static void Multiply<T>(T[] x, int rowsX, int columnsX, T[] y, int rowsY, int columnsY, T[] result)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.ColumnMajor(x, rowsX, columnsX, nameof(x));
        Guard.ColumnMajor(y, rowsY, columnsY, nameof(y));
        Guard.Factors(rowsX, columnsX, rowsY, columnsY, nameof(y));
        Guard.ColumnMajor(result, rowsX, columnsY, nameof(result));
        ScaledProduct.Update(
            T.One, new MatrixSpan<T>(x, rowsX, columnsX), false, new MatrixSpan<T>(y, rowsY, columnsY), false, T.Zero, new MatrixSpan<T>(result, rowsX, columnsY));
    }

    private static void Update<T>(Transpose transposeA, Transpose transposeB, T alpha, T[] a, int rowsA, int columnsA, T[] b, int rowsB, int columnsB, T beta, T[] c)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool isTransposedA = transposeA != Transpose.DontTranspose, isTransposedB = transposeB != Transpose.DontTranspose;
        (int rows, int depth) = isTransposedA ? (columnsA, rowsA) : (rowsA, columnsA);
        (int depthB, int columns) = isTransposedB ? (columnsB, rowsB) : (rowsB, columnsB);

        Guard.ColumnMajor(a, rowsA, columnsA, nameof(a));
        Guard.ColumnMajor(b, rowsB, columnsB, nameof(b));
        Guard.Factors(rows, depth, depthB, columns, nameof(b));
        Guard.ColumnMajor(c, rows, columns, nameof(c));
        ScaledProduct.Update(
            alpha, new MatrixSpan<T>(a, rowsA, columnsA), isTransposedA, new MatrixSpan<T>(b, rowsB, columnsB), isTransposedB, beta, new MatrixSpan<T>(c, rows, columns));
    }
}
