namespace NeuralNet;

/// <summary>
/// An elementwise layer that keeps the order of numbers: a larger input never gives a smaller output, and where it gives the same the gradient is zero. NaN stays NaN.
/// The first of several that are largest behind it is then the first that was before it, or no gradient reaches any of them.
/// </summary>
internal interface IKeepsOrder;
