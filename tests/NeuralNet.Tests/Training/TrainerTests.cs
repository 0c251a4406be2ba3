namespace NeuralNet.Tests;

/// <summary>The trainer does what a loop by hand does, and tells what it did.</summary>
public class TrainerTests
{
    private static readonly ArrayDataset<double> Spiral = SyntheticData.Spiral<double>(samplesPerClass: 20, classes: 3, noise: 0.1, seed: 3);

    private static readonly (Subset<double> Train, Subset<double> Validation) Data = Split.Stratified(Spiral, trainShare: 0.8, seed: 1);

    [Fact]
    public void It_ends_in_the_bits_of_a_loop_by_hand_and_its_history_is_what_the_loop_saw()
    {
        var trainer = new Trainer<double>(Build(), new Adam(0.01));
        History history = trainer.Fit(Data.Train, Data.Validation, epochs: 3, batchSize: 10, seed: 7);

        Network<double> network = Build();
        var optimizer = new Optimizer<double>(network, new Adam(0.01));
        var batches = new Batches<double>(Data.Train, batchSize: 10, seed: 7);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            double lossSum = 0;
            foreach (Batch<double> batch in batches.Epoch(epoch))
                lossSum += batch.Count * network.Step(batch.Features, batch.Targets, optimizer);
            EpochRecord record = history.Epochs[epoch];
            Evaluation evaluation = network.Evaluate(Data.Validation);
            record.Should().BeEquivalentTo(new
            {
                Epoch = epoch + 1,
                Step = 5L * (epoch + 1),
                LearningRate = 0.01,
                TrainingLoss = lossSum / 48,
                ValidationLoss = evaluation.Loss,
                Metrics = new[] { evaluation.Accuracy },
                GradientNorm = optimizer.GradientNorm(),
            });
        }

        trainer.Network.WeightsSha256().Should().Be(network.WeightsSha256());
        trainer.End.Should().Be(TrainingEnd.Completed);
        history.MetricNames.Should().Equal("accuracy");
        history.Metric("accuracy").Should().HaveCount(3);
    }

    [Fact]
    public void Without_validation_samples_there_is_no_validation()
    {
        History history = new Trainer<double>(Build(), new Sgd(0.1)).Fit(Spiral, epochs: 2);

        history.MetricNames.Should().BeEmpty();
        history.Epochs.Should().HaveCount(2).And.OnlyContain(epoch => double.IsNaN(epoch.ValidationLoss));
    }

    [Fact]
    public void Early_stopping_ends_the_run_and_brings_the_best_weights_back()
    {
        string[] weights = new string[100];
        var trainer = new Trainer<double>(Build(), new Sgd(1.5)) { EarlyStopping = new EarlyStopping(patience: 3), Callbacks = [new AtEpochs((it, epoch) => weights[epoch.Epoch] = it.Network.WeightsSha256())] };
        History history = trainer.Fit(Data.Train, Data.Validation, epochs: 99, batchSize: 10);

        double[] losses = [.. history.Epochs.Select(epoch => epoch.ValidationLoss)];
        int best = Array.IndexOf(losses, losses.Min()) + 1;
        trainer.End.Should().Be(TrainingEnd.EarlyStopped);
        history.Epochs.Should().HaveCount(best + 3);
        best.Should().BeGreaterThan(1, "else nothing was tried here");
        trainer.Network.WeightsSha256().Should().Be(weights[best]).And.NotBe(weights[best + 3]);
        trainer.Network.Evaluate(Data.Validation).Loss.Should().Be(losses.Min());
    }

    // Losses by hand: the third is lower than the second by 0.05, which is less than 0.1.
    [Fact]
    public void An_improvement_that_is_too_small_is_none()
    {
        var best = new BestWeights<double>(Build(), new EarlyStopping(patience: 2, minimumImprovement: 0.1), higherIsBetter: false);
        best.Observe(1, double.NaN);
        best.Epoch.Should().Be(0);
        best.Observe(2, 1.0);
        best.Observe(3, 0.95);
        (best.Epoch, best.IsOutOfPatience).Should().Be((2, false));
        best.Observe(4, 0.85);
        (best.Epoch, best.Value, best.IsOutOfPatience).Should().Be((4, 0.85, false));
        best.Observe(5, double.NaN);
        best.Observe(6, 0.85);
        best.IsOutOfPatience.Should().BeTrue();
    }

    [Fact]
    public void A_schedule_observes_the_validation_loss_or_a_metric()
    {
        Rate("loss").Should().Be(0.25);
        Rate("accuracy").Should().Be(0.25);

        // No second value can be better than the first by 1e9, so the second epoch ends in a reduction, from 0.5.
        static double Rate(string metric)
        {
            var optimizer = new Optimizer<double>(Build(), new Sgd(0.5), new ReduceOnPlateau(factor: 0.5, patience: 0, threshold: 1e9, thresholdIsAbsolute: true, higherIsBetter: metric != "loss"));
            new Trainer<double>(optimizer) { ScheduleMetric = metric }.Fit(Data.Train, Data.Validation, epochs: 2, batchSize: 10);
            return optimizer.LearningRate;
        }
    }

    [Fact]
    public void A_callback_stops_the_run_after_a_step_or_an_epoch()
    {
        var inEpoch = new Trainer<double>(Build(), new Sgd(0.1)) { Callbacks = [new AtSteps(step => StopAt(step, 7))] };
        History part = inEpoch.Fit(Data.Train, Data.Validation, epochs: 9, batchSize: 10);
        (inEpoch.End, part.Epochs.Count, part.Epochs[^1].Step).Should().Be((TrainingEnd.Stopped, 2, 7L));

        var atEnd = new Trainer<double>(Build(), new Sgd(0.1)) { Callbacks = [new AtEpochs((it, epoch) => it.Stop())] };
        (atEnd.Fit(Data.Train, epochs: 9, batchSize: 10).Epochs.Count, atEnd.End).Should().Be((1, TrainingEnd.Stopped));

        static void StopAt(TrainingStep<double> step, long number)
        {
            if (step.Trainer.Network.StepNumber == number)
                step.Trainer.Stop();
        }
    }

    [Fact]
    public void Steps_end_the_run_and_progress_is_told_of_each()
    {
        var seen = new Seen();
        var trainer = new Trainer<double>(Build(), new Sgd(0.1));
        History history = trainer.Fit(Data.Train, epochs: 9, batchSize: 10, steps: 8, progress: seen);

        history.Epochs.Select(epoch => epoch.Step).Should().Equal(5, 8);
        trainer.End.Should().Be(TrainingEnd.Completed);
        seen.All.Select(progress => (progress.Epoch, progress.Step, progress.BatchesDone, progress.Batches, progress.Ended is null)).Should().Equal(
            (1, 1, 1, 5, true), (1, 2, 2, 5, true), (1, 3, 3, 5, true), (1, 4, 4, 5, true), (1, 5, 5, 5, true), (1, 5, 5, 5, false), (2, 6, 1, 5, true), (2, 7, 2, 5, true), (2, 8, 3, 5, true));
    }

    [Fact]
    public void A_mistake_is_told_before_anything_is_trained()
    {
        Network<double> network = Build();
        string before = network.WeightsSha256();
        var wide = new ArrayDataset<double>(3, new double[6], [0, 1], classes: 3);
        var fewClasses = new ArrayDataset<double>(2, new double[4], [0, 1], classes: 2);
        var trainer = new Trainer<double>(network, new Sgd(0.1));

        Fails(trainer, wide, null, "The network expects samples of 2, the training set ArrayDataset(2 of 3 -> 3) has 3.");
        Fails(trainer, Spiral, fewClasses, "The network expects targets of 3, the validation set ArrayDataset(2 of 2 -> 2) has 2.");
        Fails(new Trainer<double>(network, new Sgd(0.1)) { EarlyStopping = new EarlyStopping(2) }, Spiral, null, "Early stopping needs validation samples*");
        Fails(new Trainer<double>(network, new Sgd(0.1)) { EarlyStopping = new EarlyStopping(2, metric: "f1") }, Spiral, Spiral, "There is no metric 'f1'; there is accuracy.*");
        Fails(new Trainer<double>(network, new Sgd(0.1)) { ScheduleMetric = "f1" }, Spiral, null, "There is no metric 'f1'; there are none.*");
        FluentActions.Invoking(() => new Trainer<double>(Network.Input<double>(2).Affine(3).Build(seed: 1), new Sgd(0.1)).Fit(Spiral)).Should()
            .Throw<InvalidOperationException>().WithMessage("The network ends in Affine(2 -> 3) and has no loss: add one last*");
        FluentActions.Invoking(() => trainer.Fit(Spiral, epochs: 0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("epochs must be at least 1; got 0.*");
        FluentActions.Invoking(() => trainer.Fit(Spiral, steps: 0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("steps must be at least 1; got 0.*");
        FluentActions.Invoking(() => new EarlyStopping(0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("patience must be at least 1; got 0.*");
        network.WeightsSha256().Should().Be(before);

        static void Fails(Trainer<double> trainer, IDataset<double> train, IDataset<double>? validation, string message) =>
            FluentActions.Invoking(() => trainer.Fit(train, validation)).Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void The_norm_is_that_of_the_gradients_that_the_rule_saw_whatever_callbacks_do()
    {
        double seen = 0;
        var trainer = new Trainer<double>(Build(), new Sgd(0.1))
        {
            Callbacks = [new AtSteps(step =>
            {
                seen = step.Trainer.Optimizer.GradientNorm();
                step.Trainer.Network.Gradients(Make.Uniform(2, 2, seed: 1), (int[])[0, 1]);
            })],
        };

        trainer.Fit(Data.Train, epochs: 1, batchSize: 10).Epochs[0].GradientNorm.Should().Be(seen);
    }

    [Fact]
    public void One_run_at_a_time()
    {
        var trainer = new Trainer<double>(Build(), new Sgd(0.1)) { Callbacks = [new AtEpochs((it, epoch) => it.Fit(Data.Train))] };

        FluentActions.Invoking(() => trainer.Fit(Data.Train, epochs: 2)).Should().Throw<InvalidOperationException>().WithMessage("Fit was called while it is under way*");
        trainer.History.Epochs.Should().ContainSingle();
        FluentActions.Invoking(() => trainer.Fit(Data.Train, epochs: 2)).Should().Throw<InvalidOperationException>("the run before has ended, and this one's callback does it again");
    }

    [Fact]
    public void What_an_application_leaves_null_is_named()
    {
        FluentActions.Invoking(() => new Trainer<double>(Build(), new Sgd(0.1)) { Callbacks = null! }).Should().Throw<ArgumentNullException>().WithParameterName("Callbacks");
        FluentActions.Invoking(() => new Trainer<double>(Build(), new Sgd(0.1)) { Callbacks = [new Stateless()], Checkpoints = new MemoryStore() }.Fit(Data.Train))
            .Should().Throw<InvalidOperationException>().WithMessage("The callback *Stateless has a State of null; expected what it remembers, or no numbers.");
        FluentActions.Invoking(() => new Trainer<double>(new Optimizer<double>(Build(), new Sgd(0.1), new Endless())).Fit(Data.Train))
            .Should().Throw<InvalidOperationException>().WithMessage("The schedule *Endless* observed a metric and gave null; expected the schedule to go on with.");
    }

    private static Network<double> Build() => Network.Input<double>(2).Affine(16).Tanh().Affine(3).SoftmaxWithLoss().Build(seed: 4);

    private sealed class AtEpochs(Action<Trainer<double>, EpochRecord> action) : ITrainingCallback<double>
    {
        public void EpochEnded(Trainer<double> trainer, EpochRecord epoch) => action(trainer, epoch);
    }

    private delegate void StepAction(TrainingStep<double> step);

    private sealed class AtSteps(StepAction action) : ITrainingCallback<double>
    {
        public void AfterUpdate(in TrainingStep<double> step) => action(step);
    }

    private sealed class Stateless : ITrainingCallback<double>
    {
        public IReadOnlyList<double> State => null!;
    }

    private sealed record Endless : ISchedule
    {
        public double RateAt(double learningRate, long step) => learningRate;

        public ISchedule Observe(double metric) => null!;
    }

    private sealed class Seen : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> All { get; } = [];

        public void Report(TrainingProgress value) => All.Add(value);
    }
}
