namespace NeuralNet.Benchmarks;

/// <summary>All workloads, one to a row.</summary>
internal static class WorkloadTable
{
    private static readonly Shape Image = new(1, 28, 28);

    private static readonly NetworkShape TwoLayer = NetworkShape.Affine([784, 100, 10], batch: 100);

    // The book's SimpleConvNet and DeepConvNet, and the network of Keras' example.
    private static readonly NetworkShape SimpleConv = new(Image, ["convolution 30 5 0", "relu", "max-pooling 2", "affine 100", "relu", "affine 10"], Batch: 100);

    private static readonly NetworkShape DeepConv = new(
        Image,
        [
            "convolution 16 3 1", "relu", "convolution 16 3 1", "relu", "max-pooling 2",
            "convolution 32 3 1", "relu", "convolution 32 3 2", "relu", "max-pooling 2",
            "convolution 64 3 1", "relu", "convolution 64 3 1", "relu", "max-pooling 2",
            "affine 50", "relu", "dropout 0.5", "affine 10",
        ],
        Batch: 100);

    private static readonly NetworkShape KerasConv = new(
        Image, ["convolution 32 3 0", "relu", "convolution 64 3 0", "relu", "max-pooling 2", "dropout 0.25", "affine 128", "relu", "dropout 0.5", "affine 10"], Batch: 64);

    public static IReadOnlyList<Workload> All { get; } =
    [
        new CeilingWorkload("ceiling-float", isDouble: false),
        new CeilingWorkload("ceiling-double", isDouble: true),
        .. Products<float>("gemm-float"),
        .. Products<double>("gemm-double"),
        new TrainingWorkload("book", NetworkShape.Affine([784, 50, 10], batch: 100), new Sgd(0.01)),
        new TrainingWorkload("two-layer", TwoLayer, new Sgd(0.01)),
        new TrainingWorkload("wide", NetworkShape.Affine([784, 512, 512, 10], batch: 128), new Adam(0.0001)),
        new TrainingWorkload("large", NetworkShape.Affine([784, 2048, 2048, 10], batch: 256), new Sgd(0.01)),
        .. Inference("predict-two-layer", TwoLayer, 1, 100),
        new TrainingWorkload("simple-conv", SimpleConv, new Sgd(0.01)),
        new TrainingWorkload("keras-conv", KerasConv, new Adam(0.001)),
        new TrainingWorkload("deep-conv", DeepConv, new Adam(0.001)),
        .. Inference("predict-simple-conv", SimpleConv, 1, 100),
        .. Inference("predict-keras-conv", KerasConv, 1, 64, 100),
        .. Inference("predict-deep-conv", DeepConv, 1, 100),
        new FitWorkload("fit-two-layer", TwoLayer, new Sgd(0.01), images: 60_000),
        new FitWorkload("fit-simple-conv", SimpleConv, new Sgd(0.01), images: 6_000),
        new LoadingWorkload("load-mnist", images: 60_000, Image, batch: 100),
    ];

    /// <summary>The workload of that name, or all whose names begin with it and a hyphen: <c>gemm-float</c>, <c>ceiling</c>.</summary>
    public static IReadOnlyList<Workload> Named(string name) =>
        [.. All.Where(workload => workload.Name == name || workload.Name.StartsWith(name + '-', StringComparison.Ordinal))];

    private static IEnumerable<Workload> Inference(string name, NetworkShape shape, params int[] batches) => batches.Select(batch => new InferenceWorkload($"{name}-{batch}", shape with { Batch = batch }));

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
