namespace NeuralNet.Benchmarks;

/// <summary>Which Python the workers run on, and where its OpenBLAS is if not where the system says.</summary>
internal sealed record PythonSettings(string Interpreter, string? OpenBlas);
