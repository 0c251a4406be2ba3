namespace NeuralNet.Samples.Mnist;

/// <summary>What a run does, as the command line says it.</summary>
internal sealed record Settings
{
    public string? Data { get; init; }

    public required Model Model { get; init; }

    /// <summary>The sizes of the hidden layers of <see cref="Models.Mlp"/>; the activation and the initial weights are its own too.</summary>
    public required int[] Hidden { get; init; }

    public required string Activation { get; init; }

    public int Epochs { get; init; }

    public long? Steps { get; init; }

    public int BatchSize { get; init; }

    public required string Optimizer { get; init; }

    public double? LearningRate { get; init; }

    public double? WeightStandardDeviation { get; init; }

    public long Seed { get; init; }

    public int? Threads { get; init; }

    public required string Out { get; init; }

    public bool Json { get; init; }

    /// <summary>The activations and rules that can be named.</summary>
    public static IReadOnlyList<string> Activations { get; } = ["relu", "sigmoid", "tanh"];

    public static IReadOnlyList<string> Optimizers { get; } = ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"];

    /// <summary>The network in short: <c>784-50-10 relu</c>, <c>simple-conv</c>.</summary>
    public string NetworkName(Digits digits) =>
        Model == Models.Mlp ? $"{string.Join('-', Hidden.Prepend(digits.Train.FeatureShape.Size).Append(Digits.Classes))} {Activation}" : Model.Name;

    public Network<float> BuildNetwork(Digits digits)
    {
        Network<float> network = Model.AddLayers(Network.Input<float>(digits.Train.FeatureShape), this).SoftmaxWithLoss().Build(Seed);
        if (Threads is { } threads)
            network.MaxThreads = threads;
        return network;
    }

    public IOptimizerRule BuildRule() => Optimizer switch
    {
        "momentum" => new Momentum(LearningRate ?? 0.01),
        "nesterov" => new Nesterov(LearningRate ?? 0.01),
        "adagrad" => new AdaGrad(LearningRate ?? 0.01),
        "rmsprop" => new RmsProp(LearningRate ?? 0.001),
        "adam" => new Adam(LearningRate ?? 0.001),
        _ => new Sgd(LearningRate ?? 0.1),
    };
}
