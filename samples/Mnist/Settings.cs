using System.Globalization;
using NeuralNet.Onnx;

namespace NeuralNet.Samples.Mnist;

/// <summary>What a run does, as the command line says it.</summary>
internal sealed record Settings
{
    public string? Data { get; init; }

    /// <summary>The file of a network to evaluate, or to train on, instead of a new one.</summary>
    public string? Load { get; init; }

    /// <summary>Whether there is anything to train: always but where a loaded network is only evaluated.</summary>
    public bool Trains { get; init; }

    public required Model Model { get; init; }

    /// <summary>The sizes of the hidden layers of <see cref="Models.Mlp"/>; the activation and the initial weights are its own too.</summary>
    public required int[] Hidden { get; init; }

    public required string Activation { get; init; }

    /// <summary>The share of each hidden layer of <see cref="Models.Mlp"/> that is dropped in training.</summary>
    public double? Dropout { get; init; }

    public int Epochs { get; init; }

    public long? Steps { get; init; }

    public int BatchSize { get; init; }

    public required string Optimizer { get; init; }

    public double? LearningRate { get; init; }

    /// <summary>How the learning rate changes; with images that never repeat there is something to learn to the end, and a rate that falls to 0 lets the weights settle.</summary>
    public required string Schedule { get; init; }

    public double? WeightStandardDeviation { get; init; }

    public long Seed { get; init; }

    public int? Threads { get; init; }

    public bool Augments { get; init; }

    /// <summary>After how many epochs without a lower loss training ends; the loss is then over samples held out of the training set.</summary>
    public int? EarlyStopping { get; init; }

    /// <summary>The directory of the checkpoints.</summary>
    public string? Checkpoint { get; init; }

    public int? CheckpointEvery { get; init; }

    public bool Resumes { get; init; }

    public required string Out { get; init; }

    public bool Report { get; init; }

    public bool Json { get; init; }

    /// <summary>The activations, rules and schedules that can be named.</summary>
    public static IReadOnlyList<string> Activations { get; } = ["relu", "sigmoid", "tanh"];

    public static IReadOnlyList<string> Schedules { get; } = ["constant", "cosine"];

    public static IReadOnlyList<string> Optimizers { get; } = ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"];

    /// <summary>The settings that shape the run, in words.</summary>
    public IEnumerable<(string Name, string Value)> Described =>
    [
        .. Load is null ? Array.Empty<(string, string)>() : [("loaded from", Load)],
        .. Trains ? TrainingDescribed : [],
        ("seed", Seed.ToString(CultureInfo.InvariantCulture)),
    ];

    private IEnumerable<(string Name, string Value)> TrainingDescribed =>
    [
        ("rule", $"{Optimizer}, learning rate {BuildRule().LearningRate.ToString(CultureInfo.InvariantCulture)}, {Schedule}"),
        ("batch size", BatchSize.ToString(CultureInfo.InvariantCulture)),
        ("dropout of hidden layers", Model == Models.Mlp && Load is null ? (Dropout ?? 0).ToString(CultureInfo.InvariantCulture) : "the model's"),
        ("augmentation", Augments ? "turned, stretched, shifted" : "none"),
        ("early stopping", EarlyStopping is { } patience ? $"after {patience} epochs without a lower loss" : "none"),
    ];

    /// <summary>The network in short: <c>784-50-10 relu</c>, <c>simple-conv</c>, the name of a file.</summary>
    public string NetworkName(Digits digits) =>
        Load is not null ? Path.GetFileName(Load)
        : Model == Models.Mlp ? $"{string.Join('-', Hidden.Prepend(digits.Train.FeatureShape.Size).Append(Digits.Classes))} {Activation}" : Model.Name;

    public Network<float> BuildNetwork(Digits digits)
    {
        Network<float> network = Load is null
            ? Model.AddLayers(Network.Input<float>(digits.Train.FeatureShape), this).SoftmaxWithLoss().Build(Seed)
            : LoadNetwork(Load, digits);
        if (Threads is { } threads)
            network.MaxThreads = threads;
        return network;
    }

    private static Network<float> LoadNetwork(string path, Digits digits)
    {
        Network<float> network = Path.GetExtension(path) == ".onnx" ? OnnxFile.Load(path, new SoftmaxWithLoss<float>()) : Network.Load<float>(path);
        if (network.Layers[^1] is not ILossLayer<float>)
            throw new ArgumentException($"--load {path}: expected a network that ends in a loss, such as SoftmaxWithLoss, found one that ends in {network.Layers[^1]}.");
        (Shape expected, Shape found) = (digits.Train.FeatureShape, network.InputShape);
        if (found.Size != expected.Size || network.OutputShape.Size != Digits.Classes)
            throw new ArgumentException($"--load {path}: expected a network for samples of {expected} and {Digits.Classes} classes, as {digits.Name} has them, found one for {found} and {network.OutputShape}. MNIST's need --data DIR.");
        return network;
    }

    /// <summary>The rule and its schedule over the steps of the run.</summary>
    public Optimizer<float> BuildOptimizer(Network<float> network, long steps) =>
        new(network, BuildRule(), Schedule == "cosine" ? new CosineAnnealing((int)Math.Min(steps, int.MaxValue)) : null);

    private IOptimizerRule BuildRule() => Optimizer switch
    {
        "momentum" => new Momentum(LearningRate ?? 0.01),
        "nesterov" => new Nesterov(LearningRate ?? 0.01),
        "adagrad" => new AdaGrad(LearningRate ?? 0.01),
        "rmsprop" => new RmsProp(LearningRate ?? 0.001),
        "adam" => new Adam(LearningRate ?? 0.001),
        _ => new Sgd(LearningRate ?? 0.1),
    };
}
