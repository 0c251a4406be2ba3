namespace NeuralNet;

/// <summary>Numbers with a name and a shape, one after another in PyTorch's order.</summary>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <param name="Name">The name.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Values">As many numbers as the shape holds.</param>
public sealed record NamedValues<T>(string Name, Shape Shape, ReadOnlyMemory<T> Values)
    where T : unmanaged, IFloatingPointIeee754<T>;
