namespace NeuralNet;

/// <summary>What an optimizer remembers of a parameter between steps, such as a running mean of its gradient.</summary>
/// <remarks>Running means and sums come to 0 where PyTorch's come to subnormal numbers, below 1.2e-38 in float, and gradients below 7e-18 are not squared: with subnormal numbers an update takes several times as long on many processors.</remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class OptimizerSlot<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal OptimizerSlot(string name, Parameter<T> parameter) =>
        (Name, Shape, Value) = ($"{parameter.Name}.{name}", parameter.Shape, Matrix<T>.Build.Dense(parameter.Value.RowCount, parameter.Value.ColumnCount));

    /// <summary>The parameter's name and the rule's: <c>0.weight.exp_avg</c>.</summary>
    public string Name { get; }

    /// <summary>The shape, that of the parameter.</summary>
    public Shape Shape { get; }

    /// <summary>What is remembered; zeros before the first step.</summary>
    public Matrix<T> Value { get; }
}
