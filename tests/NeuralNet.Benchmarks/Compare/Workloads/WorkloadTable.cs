namespace NeuralNet.Benchmarks;

/// <summary>All workloads, one to a row.</summary>
internal static class WorkloadTable
{
    private static readonly NetworkShape TwoLayer = new([784, 100, 10], Batch: 100);

    public static IReadOnlyList<Workload> All { get; } =
    [
        new CeilingWorkload("ceiling-float", isDouble: false),
        new CeilingWorkload("ceiling-double", isDouble: true),
        .. Products<float>("gemm-float"),
        .. Products<double>("gemm-double"),
        new TrainingWorkload("book", new([784, 50, 10], Batch: 100), new Sgd(0.01)),
        new TrainingWorkload("two-layer", TwoLayer, new Sgd(0.01)),
        new TrainingWorkload("wide", new([784, 512, 512, 10], Batch: 128), new Adam(0.0001)),
        new TrainingWorkload("large", new([784, 2048, 2048, 10], Batch: 256), new Sgd(0.01)),
        new InferenceWorkload("predict-two-layer-1", TwoLayer with { Batch = 1 }),
        new InferenceWorkload("predict-two-layer-100", TwoLayer),
        new LoadingWorkload("load-mnist", images: 60_000, new Shape(1, 28, 28), batch: 100),
    ];

    /// <summary>The workload of that name, or all whose names begin with it and a hyphen: <c>gemm-float</c>, <c>ceiling</c>.</summary>
    public static IReadOnlyList<Workload> Named(string name) =>
        [.. All.Where(workload => workload.Name == name || workload.Name.StartsWith(name + '-', StringComparison.Ordinal))];

    private static IEnumerable<Workload> Products<T>(string name)
        where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new ProductWorkload<T>(name, 100, 784, 50),
        new ProductWorkload<T>(name, 100, 784, 100),
        new ProductWorkload<T>(name, 784, 100, 100),
        new ProductWorkload<T>(name, 128, 512, 512),
        new ProductWorkload<T>(name, 512, 512, 512),
        new ProductWorkload<T>(name, 1024, 1024, 1024),
    ];
}
