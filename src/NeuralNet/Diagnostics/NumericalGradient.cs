using Vector = MathNet.Numerics.LinearAlgebra.Vector<double>;

namespace NeuralNet;

/// <summary>Derivatives by central differences, <c>(f(x + h) - f(x - h)) / 2h</c>: slow, and right for any function.</summary>
/// <remarks>The error is of order h² from the curvature and of order 1e-16·|f| / h from rounding; h = 1e-4 keeps both small for values around 1.</remarks>
public static class NumericalGradient
{
    /// <summary>The step h if none is given.</summary>
    public const double DefaultStep = 1e-4;

    /// <summary>The derivative of a function of one number.</summary>
    /// <param name="f">The function.</param>
    /// <param name="x">Where.</param>
    /// <param name="h">The step, greater than 0.</param>
    /// <returns>df/dx.</returns>
    public static double Of(Func<double, double> f, double x, double h = DefaultStep)
    {
        ArgumentNullException.ThrowIfNull(f);
        Guard.Positive(h, nameof(h));
        return (f(x + h) - f(x - h)) / (2 * h);
    }

    /// <summary>The gradient of a function of a vector.</summary>
    /// <param name="f">The function; it is given the same vector again and again, changed in one place, and must not keep it.</param>
    /// <param name="x">Where; not written to.</param>
    /// <param name="h">The step, greater than 0.</param>
    /// <returns>df/dx, as long as x.</returns>
    public static Vector Of(Func<Vector, double> f, Vector x, double h = DefaultStep)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(x);
        Vector moved = Vector.Build.DenseOfVector(x);
        Vector gradient = Vector.Build.Dense(x.Count);
        for (int i = 0; i < x.Count; i++)
        {
            gradient[i] = Of(Moved, x[i], h);
            moved[i] = x[i];

            double Moved(double value)
            {
                moved[i] = value;
                return f(moved);
            }
        }

        return gradient;
    }

    /// <summary>The gradient of a function of a matrix.</summary>
    /// <param name="f">The function; it is given the same matrix again and again, changed in one place, and must not keep it.</param>
    /// <param name="x">Where; not written to.</param>
    /// <param name="h">The step, greater than 0.</param>
    /// <returns>df/dx, of the shape of x.</returns>
    public static Matrix<double> Of(Func<Matrix<double>, double> f, Matrix<double> x, double h = DefaultStep)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(x);
        Matrix<double> moved = Matrix<double>.Build.DenseOfMatrix(x);
        Matrix<double> gradient = Matrix<double>.Build.Dense(x.RowCount, x.ColumnCount);
        for (int row = 0; row < x.RowCount; row++)
        {
            for (int column = 0; column < x.ColumnCount; column++)
            {
                gradient[row, column] = Of(Moved, x[row, column], h);
                moved[row, column] = x[row, column];

                double Moved(double value)
                {
                    moved[row, column] = value;
                    return f(moved);
                }
            }
        }

        return gradient;
    }
}
