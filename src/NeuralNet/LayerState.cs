namespace NeuralNet;

/// <summary>Something a layer keeps and saves but does not learn by gradient, such as a running mean.</summary>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class LayerState<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Creates a state around a dense matrix, which becomes its value.</summary>
    /// <param name="name">The name within its layer, as PyTorch's: <c>running_mean</c>.</param>
    /// <param name="shape">The shape as PyTorch's. Its size is that of the value.</param>
    /// <param name="value">The initial value; a dense matrix, kept and not copied.</param>
    /// <exception cref="ArgumentException">The value is not dense, or does not hold as many numbers as the shape says.</exception>
    public LayerState(string name, Shape shape, Matrix<T> value)
    {
        Guard.Precision<T>();
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(shape);
        Guard.DenseValues(name, shape, value);
        (Name, Shape, Value) = (name, shape, value);
    }

    /// <summary>The name: within the layer at first, and with the layer's path in the network after it was built.</summary>
    public string Name { get; internal set; }

    /// <summary>The shape in PyTorch's order.</summary>
    public Shape Shape { get; }

    /// <summary>What is kept.</summary>
    public Matrix<T> Value { get; private set; }

    /// <summary>The name and the shape.</summary>
    /// <returns>For example <c>1.running_mean [100]</c>.</returns>
    public override string ToString() => $"{Name} {Shape.ToTensorString()}";

    /// <summary>Makes this state, of a replica that nobody has used yet, an alias of the original's value.</summary>
    internal void ShareValueOf(LayerState<T> original) => Value = original.Value;
}
