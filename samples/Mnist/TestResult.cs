using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Samples.Mnist;

/// <summary>A sample that was given a wrong digit.</summary>
internal sealed record Mistake(int Index, int Actual, int Predicted, double Confidence, float[] Pixels)
{
    public override string ToString() => $"{Predicted}, not {Actual}";
}

/// <summary>What the network makes of the held-out samples.</summary>
internal sealed class TestResult
{
    private const int MistakesKept = 10;

    public TestResult(Network<float> network, IDataset<float> test)
    {
        var mistakes = new List<Mistake>();
        Probabilities = Matrix<float>.Build.Dense(test.Count, Digits.Classes);
        foreach (Batch<float> batch in new Batches<float>(test, batchSize: 1000).InOrder())
        {
            var probabilities = network.Predict(batch.Features);
            Probabilities.SetSubMatrix((int)Confusion.Count, 0, probabilities);
            int[] actual = OneHot.Decode(batch.Targets), predicted = OneHot.Decode(probabilities);
            Confusion.Add(actual, predicted);
            for (int i = 0; i < batch.Count; i++)
            {
                if (predicted[i] >= 0 && predicted[i] != actual[i])
                    mistakes.Add(new Mistake(batch.Indices[i], actual[i], predicted[i], probabilities[i, predicted[i]], batch.Features.Row(i).ToArray()));
            }
        }

        WorstMistakes = [.. mistakes.OrderByDescending(mistake => mistake.Confidence).ThenBy(mistake => mistake.Index).Take(MistakesKept)];
    }

    public ConfusionMatrix Confusion { get; } = new(Digits.Classes);

    /// <summary>What the network gives for each class of each sample, <c>[N, 10]</c>.</summary>
    public Matrix<float> Probabilities { get; }

    /// <summary>The wrong answers that the network was surest of.</summary>
    public IReadOnlyList<Mistake> WorstMistakes { get; }
}
