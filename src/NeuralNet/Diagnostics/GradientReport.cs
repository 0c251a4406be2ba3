namespace NeuralNet;

/// <summary>What a gradient check found, tensor by tensor.</summary>
/// <param name="Tensors">The input and the parameters that were checked.</param>
/// <param name="Tolerance">The largest relative error that passes.</param>
public sealed record GradientReport(IReadOnlyList<TensorCheck> Tensors, double Tolerance)
{
    /// <summary>The tensor with the largest relative error (NaN counts as the largest).</summary>
    public TensorCheck Worst => Tensors.MaxBy(tensor => double.IsNaN(tensor.RelativeError) ? double.PositiveInfinity : tensor.RelativeError)!;

    /// <summary>Whether every tensor's relative error is within the tolerance.</summary>
    public bool Passed => Worst.RelativeError <= Tolerance;

    /// <summary>The verdict, and a line for each tensor.</summary>
    /// <returns>Several lines.</returns>
    public override string ToString() =>
        $"Gradient check {(Passed ? "passed" : "FAILED")} at tolerance {Guard.Number(Tolerance)}{Environment.NewLine}{string.Join(Environment.NewLine, Tensors.Select(tensor => "  " + tensor))}";
}
