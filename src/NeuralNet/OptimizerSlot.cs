namespace NeuralNet;

/// <summary>What an optimizer remembers of a parameter between steps, such as a running mean of its gradient.</summary>
/// <remarks>
/// In float, a running mean or sum below 1.2e-38 becomes 0, and a gradient below 7e-18 counts as 0 where it is squared, unlike PyTorch's: with subnormal numbers an update takes several times as long on
/// many processors. The <c>epsilon</c> of a rule, 1e-10 and more by default, is larger by far.
/// </remarks>
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
