namespace NeuralNet;

/// <summary>A parameter in a <see cref="NetworkTrace"/>.</summary>
/// <param name="Name">Its name: <c>0.weight</c>.</param>
/// <param name="Shape">Its shape, as PyTorch's.</param>
/// <param name="Value">Its numbers.</param>
/// <param name="Gradient">The numbers of its gradient.</param>
public sealed record ParameterTrace(string Name, Shape Shape, TensorStatistics Value, TensorStatistics Gradient);
