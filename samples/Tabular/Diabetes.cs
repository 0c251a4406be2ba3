namespace NeuralNet.Samples.Tabular;

/// <summary>How far a disease has gone in a year, by ten measurements. The score is R², the share of the variance that is explained.</summary>
internal sealed record Diabetes() : Problem("diabetes", "R²",
[
    new("mean"),
    new("linear", network => network.Affine(1), WeightDecay: 1, Epochs: 40),
    new("network, 16 hidden units", network => network.Affine(16).Relu().Affine(1), WeightDecay: 1, Epochs: 40),
])
{
    protected override TabularSchema Schema => TabularSchema.Regression("progression") with { OneHot = ["sex"] };

    public override (Subset<float> Train, Subset<float> Validation)[] Fold(IDataset<float> data, int folds, long seed) => KFold.Random(data, folds, seed);

    public override Matrix<float> Predict(Model model, IDataset<float> train, Matrix<float> features, int? epochs, long seed)
    {
        // The mean of the training targets is what a scaled prediction of 0 stands for.
        Scaling targets = Scaling.StandardizeTargets(train);
        return targets.Invert(model.Layers is null
            ? Matrix<float>.Build.Dense(features.RowCount, 1)
            : Train(model, targets.ApplyToTargets(train), network => network.MeanSquaredError(), epochs, seed).Predict(features));
    }

    public override double Measure(Matrix<float> predictions, Matrix<float> targets)
    {
        var r2 = new R2();
        r2.Add(predictions, targets);
        return r2.Value;
    }
}
