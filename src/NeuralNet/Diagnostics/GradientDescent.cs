using Vector = MathNet.Numerics.LinearAlgebra.Vector<double>;

namespace NeuralNet;

/// <summary>The method of steepest descent on any function, by its numerical gradient; keeps the whole path.</summary>
public static class GradientDescent
{
    /// <summary>Takes a number of steps <c>x = x - rate·∇f(x)</c>.</summary>
    /// <param name="f">The function to minimise; it must not keep its argument.</param>
    /// <param name="start">Where to begin; not written to.</param>
    /// <param name="learningRate">The step size, greater than 0.</param>
    /// <param name="steps">The number of steps, at least 0.</param>
    /// <returns>The path: the start, and the point after each step.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate or the number of steps is out of range.</exception>
    public static IReadOnlyList<Vector> Minimize(Func<Vector, double> f, Vector start, double learningRate = 0.01, int steps = 100)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(start);
        Guard.Positive(learningRate, nameof(learningRate));
        Guard.AtLeast(0, steps, nameof(steps));

        var path = new Vector[steps + 1];
        path[0] = start.Clone();
        for (int step = 1; step <= steps; step++)
            path[step] = path[step - 1] - (learningRate * NumericalGradient.Of(f, path[step - 1]));
        return path;
    }
}
