namespace NeuralNet.Samples.Tabular;

/// <summary>How a model did.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Score">Of the predictions of all folds together: each sample's by the one network that did not learn from it.</param>
/// <param name="FoldScores">Of each fold by itself.</param>
internal sealed record Outcome(string Model, double Score, double[] FoldScores);

/// <summary>Trains every model once for each fold, and predicts what that fold held out.</summary>
internal static class CrossValidation
{
    public static IEnumerable<Outcome> Run(Problem problem, IDataset<float> data, Settings settings)
    {
        (Subset<float> Train, Subset<float> Validation)[] folds = problem.Fold(data, settings.Folds, settings.Seed);
        foreach (Model model in problem.Models)
        {
            var predictions = new List<Matrix<float>>();
            var targets = new List<Matrix<float>>();
            foreach ((Subset<float> train, Subset<float> validation) in folds)
            {
                Batch<float> held = All(validation);
                predictions.Add(problem.Predict(model, train, held.Features, settings.Epochs, settings.Seed));
                targets.Add(held.Targets);
            }

            yield return new Outcome(model.Name, problem.Measure(Stacked(predictions), Stacked(targets)), [.. predictions.Zip(targets, problem.Measure)]);
        }
    }

    private static Matrix<float> Stacked(IEnumerable<Matrix<float>> parts) => parts.Aggregate((above, below) => above.Stack(below));

    private static Batch<float> All(Subset<float> subset)
    {
        BatchEnumerator<float> batches = new Batches<float>(subset, subset.Count).InOrder();
        batches.MoveNext();
        return batches.Current;
    }
}
