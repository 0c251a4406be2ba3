namespace NeuralNet.Samples.Tabular;

/// <summary>A data set, what is to be learned of it, and the models that try.</summary>
internal abstract record Problem(string Name, string Score, IReadOnlyList<Model> Models)
{
    /// <summary>Both, in the order in which they run.</summary>
    public static IReadOnlyList<Problem> All { get; } = [new Iris(), new Diabetes()];

    /// <summary>What the columns of its file are.</summary>
    protected abstract TabularSchema Schema { get; }

    public TabularData<float> Load()
    {
        string file = $"{Name}.csv";
        using Stream stream = typeof(Problem).Assembly.GetManifestResourceStream(file)!;
        return Csv.Read(stream, name: file).ToDataset<float>(Schema);
    }

    public abstract (Subset<float> Train, Subset<float> Validation)[] Fold(IDataset<float> data, int folds, long seed);

    /// <summary>What a model that learned from some samples makes of others, a row for each.</summary>
    public abstract Matrix<float> Predict(Model model, IDataset<float> train, Matrix<float> features, int? epochs, long seed);

    /// <summary>How good predictions are: 1 is perfect.</summary>
    public abstract double Measure(Matrix<float> predictions, Matrix<float> targets);

    /// <summary>A network with the scaling of its own training samples in it, trained on them alone.</summary>
    protected static Network<float> Train(Model model, IDataset<float> train, Func<NetworkBuilder<float>, NetworkBuilder<float>> loss, int? epochs, long seed)
    {
        NetworkBuilder<float> input = Network.Input<float>(train.FeatureShape).Normalization(Scaling.Standardize(train));
        Network<float> network = loss(model.Layers!(input)).Build(seed);
        new Trainer<float>(network, new AdamW(learningRate: 0.005, weightDecay: model.WeightDecay)).Fit(train, epochs: epochs ?? model.Epochs, batchSize: 16);
        return network;
    }
}
