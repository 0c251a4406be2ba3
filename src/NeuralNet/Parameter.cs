using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Something a layer learns: a value and the gradient of the loss with respect to it.</summary>
/// <remarks>
/// A layer, an optimizer and a caller that hold the same parameter always see the same numbers: the matrices' contents change, and the matrices are others only in a replica that comes to share its network's.
/// A matrix is laid out in memory exactly as PyTorch lays out a tensor of <see cref="Shape"/>: a weight <c>[in, out]</c> in columns is a tensor <c>[out, in]</c> in rows.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Parameter<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private Matrix<T>? gradient;

    /// <summary>Creates a parameter around a dense matrix, which becomes its value.</summary>
    /// <param name="name">The name within its layer, as PyTorch's: <c>weight</c>, <c>bias</c>. The network puts the layer's path before it.</param>
    /// <param name="shape">The shape as PyTorch's: <c>[out, in]</c>, <c>[out, in, kh, kw]</c>, <c>[out]</c>. Its size is that of the value.</param>
    /// <param name="value">The initial value; a dense matrix, kept and not copied.</param>
    /// <param name="decays">Whether weight decay applies: false for biases and the parameters of normalisations.</param>
    /// <exception cref="ArgumentException">The value is not dense, or does not hold as many numbers as the shape says.</exception>
    public Parameter(string name, Shape shape, Matrix<T> value, bool decays = true)
    {
        Guard.Precision<T>();
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(shape);
        Guard.DenseValues(name, shape, value);
        (Name, Shape, Value, Decays) = (name, shape, value, decays);
    }

    /// <summary>The name: within the layer at first, and with the layer's path in the network after it was built, <c>0.weight</c>.</summary>
    public string Name { get; internal set; }

    /// <summary>The shape in PyTorch's order.</summary>
    public Shape Shape { get; }

    /// <summary>What is learned.</summary>
    public Matrix<T> Value { get; private set; }

    /// <summary>dL/d(<see cref="Value"/>), of the same size; overwritten by each backward pass. Zero before the first.</summary>
    public Matrix<T> Gradient => gradient ??= Matrix<T>.Build.Dense(Value.RowCount, Value.ColumnCount);

    /// <summary>Whether an optimizer changes it; set it to false to freeze a layer.</summary>
    public bool Trainable { get; set; } = true;

    /// <summary>Whether weight decay applies to it.</summary>
    public bool Decays { get; }

    /// <summary>What a layer made of the value for its products, since a <see cref="Predictor{T}"/>'s values change no more; null if nothing.</summary>
    internal PackedWeights<T>? Packed { get; set; }

    /// <summary>The name and the shape.</summary>
    /// <returns>For example <c>0.weight [100, 784]</c>.</returns>
    public override string ToString() => $"{Name} {Shape.ToTensorString()}";

    /// <summary>Makes this parameter, of a replica that nobody has used yet, an alias of the original's value.</summary>
    internal void ShareValueOf(Parameter<T> original) => (Value, Packed, Trainable) = (original.Value, original.Packed, original.Trainable);
}
