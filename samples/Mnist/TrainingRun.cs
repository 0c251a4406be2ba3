using System.Diagnostics;

namespace NeuralNet.Samples.Mnist;

/// <summary>One point of the history: an epoch, or what was done of it.</summary>
internal sealed record HistoryPoint(int Epoch, long Step, double TrainLoss, double TestLoss, double TestAccuracy, double Seconds);

/// <summary>The training loop: batches in, steps, a history out.</summary>
internal sealed class TrainingRun(Settings settings, Digits digits, Network<float> network)
{
    private readonly Stopwatch clock = new();
    private readonly List<HistoryPoint> history = [];

    public Network<float> Network => network;

    public IReadOnlyList<HistoryPoint> History => history;

    public double Seconds => clock.Elapsed.TotalSeconds;

    public long SamplesSeen { get; private set; }

    /// <summary>Whether somebody asked to stop before the end.</summary>
    public bool WasStopped { get; private set; }

    public void Train(CancellationToken stop)
    {
        var batches = new Batches<float>(digits.Train, settings.BatchSize, settings.Seed);
        var optimizer = new Optimizer<float>(network, settings.BuildRule());
        long steps = settings.Steps ?? (long)batches.BatchesPerEpoch * settings.Epochs;
        int epochs = (int)Math.Min(int.MaxValue - 1, ((steps - 1) / batches.BatchesPerEpoch) + 1);

        for (int epoch = 1; epoch <= epochs && !WasStopped; epoch++)
        {
            double lossSum = 0;
            int samples = 0;
            using var progress = new ProgressBar($"epoch {epoch}/{epochs}", Math.Min(batches.BatchesPerEpoch, steps - network.StepNumber));
            clock.Start();
            foreach (Batch<float> batch in batches.Epoch(epoch - 1))
            {
                double loss = network.Step(batch.Features, batch.Targets, optimizer);
                lossSum += loss * batch.Count;
                samples += batch.Count;
                progress.Advance(lossSum / samples);
                if (network.StepNumber == steps || (WasStopped = stop.IsCancellationRequested))
                    break;
            }

            clock.Stop();
            SamplesSeen += samples;
            Evaluation test = network.Evaluate(digits.Test);
            history.Add(new HistoryPoint(epoch, network.StepNumber, lossSum / samples, test.Loss, test.Accuracy, Seconds));
            progress.Finish($"loss {lossSum / samples:0.0000}   held-out loss {test.Loss:0.0000}, accuracy {test.Accuracy:0.00%}");
        }
    }
}
