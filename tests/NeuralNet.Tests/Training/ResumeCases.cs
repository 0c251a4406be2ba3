using Xunit.Sdk;

namespace NeuralNet.Tests;

/// <summary>One row for each kind of thing that a run remembers.</summary>
internal static class ResumeCases
{
    private static readonly ResumeCase[] Rows =
    [
        new("nothing but weights", Plain, network => new Optimizer<double>(network, new Sgd(0.3))),
        new("slots and step of the rule", Plain, network => new Optimizer<double>(network, new Adam(0.01))),
        new("the step's dropout masks", () => Spirals().Affine(20).Relu().Dropout(0.3).Affine(3).SoftmaxWithLoss().Build(seed: 5), network => new Optimizer<double>(network, new Momentum(0.1))),
        new("running statistics", () => Spirals().Affine(20).BatchNormalization().Relu().Affine(3).SoftmaxWithLoss().Build(seed: 5), network => new Optimizer<double>(network, new RmsProp(0.01))),
        new("a plateau", Plain, network => new Optimizer<double>(network, new Sgd(2), new ReduceOnPlateau(factor: 0.5, patience: 0))),
        new("a warm-up", Plain, network => new Optimizer<double>(network, new Sgd(1), new LinearWarmup(20))),
        new("a partial accumulation", Plain, network => new Optimizer<double>(network, new Nesterov(0.1), accumulationSteps: 5)),
        new("averages", Plain, network => new Optimizer<double>(network, new Lamb(0.05), averageDecay: 0.9)),
        new("norms and decay", Plain, network => new Optimizer<double>(network, new AdamW(0.02), transforms: [new ClipByGlobalNorm(0.5), new L2(1e-3)])),
        new("the best weights, patience spent", Plain, network => new Optimizer<double>(network, new Sgd(3))) { EarlyStopping = new EarlyStopping(patience: 2, metric: "accuracy") },
        new("the best weights, patience left", Plain, network => new Optimizer<double>(network, new Adam(0.05))) { EarlyStopping = new EarlyStopping(patience: 100) },
        new("a frozen layer", Plain, network => new Optimizer<double>(network, new Adam(0.05))) { Trainer = optimizer => new Trainer<double>(optimizer) { Callbacks = [new Freezing(epochs: 100)] } },
        new("a layer frozen for an epoch", Plain, network => new Optimizer<double>(network, new NAdam(0.05))) { Trainer = optimizer => new Trainer<double>(optimizer) { Callbacks = [new Freezing(epochs: 1)] } },
        new("a callback that stops at an epoch's last batch", Plain, network => new Optimizer<double>(network, new Sgd(0.3)))
        {
            EarlyStopping = new EarlyStopping(patience: 9), Trainer = optimizer => new Trainer<double>(optimizer) { Callbacks = [new StopAfter(steps: 18)] },
        },
        new("a callback's count", Plain, network => new Optimizer<double>(network, new Sgd(0.3))) { Trainer = optimizer => new Trainer<double>(optimizer) { Callbacks = [new StopAfter(steps: 33)] } },
    ];

    public static TheoryData<ResumeCase> All()
    {
        var rows = new TheoryData<ResumeCase>();
        foreach (ResumeCase row in Rows)
            rows.Add(row);
        return rows;
    }

    public static ResumeCase Named(string name) => Rows.Single(row => row.Name == name);

    private static NetworkBuilder<double> Spirals() => Network.Input<double>(2);

    private static Network<double> Plain() => Spirals().Affine(20).Tanh().Affine(3).SoftmaxWithLoss().Build(seed: 5);

    /// <summary>Freezes the first layer after the first epoch, once: the run that goes on must still have it frozen, and know for how long it was.</summary>
    private sealed class Freezing(int epochs) : ITrainingCallback<double>
    {
        public void EpochEnded(Trainer<double> trainer, EpochRecord epoch)
        {
            if (epoch.Epoch == 1 || epoch.Epoch == 1 + epochs)
                trainer.Network.Parameters[0].Trainable = epoch.Epoch > 1;
        }
    }

    private sealed class StopAfter(int steps) : ITrainingCallback<double>
    {
        private double done;

        public IReadOnlyList<double> State => [done];

        public void Restore(IReadOnlyList<double> state) => done = state[0];

        public void AfterUpdate(in TrainingStep<double> step)
        {
            if (++done == steps)
                step.Trainer.Stop();
            if (done > steps)
                throw new XunitException("The run went on after it was stopped for good.");
        }
    }
}
