using BenchmarkDotNet.Attributes;

namespace NeuralNet.Benchmarks;

/// <summary>Elementwise layers, forward and backward, over a batch of activations.</summary>
[MemoryDiagnoser]
public class ElementwiseBenchmarks
{
    private readonly Dictionary<string, ILayer<float>> layers = new()
    {
        ["Relu"] = new Relu<float>(),
        ["LeakyRelu"] = new LeakyRelu<float>(),
        ["Sigmoid"] = new Sigmoid<float>(),
        ["Tanh"] = new Tanh<float>(),
        ["Exp"] = new Exp<float>(),
    };

    private Matrix<float> x = Matrix<float>.Build.Dense(1, 1);
    private Matrix<float> dy = Matrix<float>.Build.Dense(1, 1);
    private ILayer<float> layer = new Relu<float>();

    [Params("Relu", "LeakyRelu", "Sigmoid", "Tanh", "Exp")]
    public string Function { get; set; } = string.Empty;

    [Params(100 * 100, 128 * 512)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        layer = layers[Function];
        x = Matrix<float>.Build.Dense(Length, 1, Sample.Centred<float>(Length, 1, start: 0));
        dy = Matrix<float>.Build.Dense(Length, 1, Sample.Centred<float>(Length, 1, start: Length));
        layer.Forward(x);
    }

    [Benchmark]
    public Matrix<float> Forward() => layer.Forward(x);

    [Benchmark]
    public Matrix<float> Backward() => layer.Backward(dy);
}
