using System.Diagnostics;

namespace NeuralNet;

/// <summary>Trains a network on a data set: epochs, validation, callbacks, early stopping, checkpoints.</summary>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Trainer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private bool isStopping;

    /// <summary>Creates a trainer with an optimizer of its own.</summary>
    /// <param name="network">The network to train, with a loss layer.</param>
    /// <param name="rule">The rule, such as <c>new Adam(0.001)</c>.</param>
    public Trainer(Network<T> network, IOptimizerRule rule)
        : this(new Optimizer<T>(network, rule))
    {
    }

    /// <summary>Creates a trainer.</summary>
    /// <param name="optimizer">The optimizer of the network to train.</param>
    public Trainer(Optimizer<T> optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Optimizer = optimizer;
    }

    /// <summary>The optimizer.</summary>
    public Optimizer<T> Optimizer { get; }

    /// <summary>The network.</summary>
    public Network<T> Network => Optimizer.Network;

    /// <summary>What looks on, in the order in which it is called.</summary>
    public IReadOnlyList<ITrainingCallback<T>> Callbacks { get; init; } = [];

    /// <summary>Ends the training after the step, or the epoch's end, that is under way.</summary>
    public void Stop() => isStopping = true;

    /// <summary>Trains.</summary>
    /// <param name="train">The samples to learn from.</param>
    /// <param name="validation">Samples held out, on which the network is measured after each epoch; if left out there is no validation.</param>
    /// <param name="epochs">How many passes over the samples, at least 1.</param>
    /// <param name="batchSize">The number of samples in a step, at least 1.</param>
    /// <param name="seed">What fixes the order of the samples; by default the network's seed.</param>
    /// <param name="cancellation">Ends the training after the step under way.</param>
    /// <returns>The history.</returns>
    public History Fit(IDataset<T> train, IDataset<T>? validation = null, int epochs = 1, int batchSize = 32, long? seed = null, CancellationToken cancellation = default)
    {
        var batches = new Batches<T>(train, batchSize, seed ?? Network.Seed);
        var history = new History(validation is null ? [] : ["accuracy"]);
        var clock = Stopwatch.StartNew();
        for (int epoch = 1; epoch <= epochs && !isStopping && !cancellation.IsCancellationRequested; epoch++)
        {
            double lossSum = 0, rate = 0;
            int samples = 0;
            foreach (Batch<T> batch in batches.Epoch(epoch - 1))
            {
                rate = Optimizer.LearningRate;
                double loss = Network.Gradients(batch.Features, batch.Targets, batch.SampleWeights);
                var step = new TrainingStep<T>(this, epoch, batch, loss);
                foreach (ITrainingCallback<T> callback in Callbacks)
                    callback.BeforeUpdate(step);
                Optimizer.Update();
                foreach (ITrainingCallback<T> callback in Callbacks)
                    callback.AfterUpdate(step);
                (lossSum, samples) = (lossSum + (loss * batch.Count), samples + batch.Count);
                if (isStopping || cancellation.IsCancellationRequested)
                    break;
            }

            Evaluation evaluation = validation is null ? new Evaluation(double.NaN, double.NaN) : Network.Evaluate(validation);
            history.Add(new EpochRecord
            {
                Epoch = epoch,
                Step = Network.StepNumber,
                LearningRate = rate,
                GradientNorm = Optimizer.GradientNorm(),
                TrainingLoss = lossSum / samples,
                ValidationLoss = evaluation.Loss,
                Metrics = validation is null ? [] : [evaluation.Accuracy],
                Seconds = clock.Elapsed.TotalSeconds,
            });
            foreach (ITrainingCallback<T> callback in Callbacks)
                callback.EpochEnded(this, history.Epochs[^1]);
        }

        return history;
    }
}
