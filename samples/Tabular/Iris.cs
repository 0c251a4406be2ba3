namespace NeuralNet.Samples.Tabular;

/// <summary>Which of three species a flower is of, by four lengths. The score is the share of right answers.</summary>
internal sealed record Iris() : Problem("iris", "accuracy",
[
    new("most frequent class"),
    new("linear (softmax regression)", network => network.Affine(3), WeightDecay: 0.01, Epochs: 400),
    new("network, 16 hidden units", network => network.Affine(16).Tanh().Affine(3), WeightDecay: 0.3, Epochs: 100),
])
{
    protected override TabularSchema Schema => TabularSchema.Classification("species");

    public override (Subset<float> Train, Subset<float> Validation)[] Fold(IDataset<float> data, int folds, long seed) => KFold.Stratified(data, folds, seed);

    public override Matrix<float> Predict(Model model, IDataset<float> train, Matrix<float> features, int? epochs, long seed)
    {
        if (model.Layers is not null)
            return Train(model, train, network => network.SoftmaxWithLoss(), epochs, seed).Predict(features);
        int[] counts = new int[train.TargetShape.Size];
        foreach (int label in train.Labels)
            counts[label]++;
        return Matrix<float>.Build.Dense(features.RowCount, counts.Length, (_, label) => label == Array.IndexOf(counts, counts.Max()) ? 1 : 0);
    }

    public override double Measure(Matrix<float> predictions, Matrix<float> targets) =>
        OneHot.Decode(predictions).Zip(OneHot.Decode(targets), (predicted, actual) => predicted == actual ? 1.0 : 0.0).Average();
}
