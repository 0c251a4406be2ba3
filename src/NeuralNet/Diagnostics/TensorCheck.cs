using System.Globalization;

namespace NeuralNet;

/// <summary>How one tensor's analytic gradient compares with central differences.</summary>
/// <param name="Name">The tensor: <c>input</c>, or the name of a parameter.</param>
/// <param name="RelativeError">max|analytic - numeric| / max(|analytic|, |numeric|, 1e-3·|L|), the maxima over the tensor; absolute where the analytic gradient is all zero.</param>
/// <param name="Row">The row of the worst element.</param>
/// <param name="Column">The column of the worst element.</param>
/// <param name="Analytic">The gradient that Backward gives for the worst element.</param>
/// <param name="Numeric">Its central difference.</param>
/// <param name="Kinks">The elements left out because the function has a kink there (Relu at 0) and Backward gives a slope between those of its two sides.</param>
/// <param name="Count">The number of elements.</param>
public sealed record TensorCheck(string Name, double RelativeError, int Row, int Column, double Analytic, double Numeric, int Kinks, int Count)
{
    /// <summary>The tensor, its error and where it is worst, in one line.</summary>
    /// <returns>For example <c>0.weight: relative error 3.1e-10, worst at [2, 1]: analytic 0.25, numeric 0.25; 6 elements, 0 at kinks</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}: relative error {RelativeError:0.0e+00}, worst at [{Row}, {Column}]: analytic {Analytic:g10}, numeric {Numeric:g10}; {Count} elements, {Kinks} at kinks");
}
