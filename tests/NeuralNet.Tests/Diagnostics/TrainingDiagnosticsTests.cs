namespace NeuralNet.Tests;

public class TrainingDiagnosticsTests
{
    private static readonly Matrix<double> X = Make.Uniform(96, 6, seed: 1);
    private static readonly int[] Labels = [.. Enumerable.Range(0, 96).Select(row => X[row, 0] > 0.5 ? 2 : X[row, 1] > 0 ? 1 : 0)];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(3, 2)]
    public void The_bits_of_a_run_are_what_they_are_without_it(int every, int accumulationSteps)
    {
        string Train(params ITrainingCallback<double>[] callbacks)
        {
            Network<double> network = Network.Input<double>(6).Affine(16).BatchNormalization().Relu().Dropout(0.3)
                .Residual(block => block.Affine(16).Tanh()).Affine(3).SoftmaxWithLoss().Build(seed: 1);
            var optimizer = new Optimizer<double>(network, new Adam(0.01), new CosineAnnealing(20), [new ClipByGlobalNorm(0.5)], accumulationSteps, averageDecay: 0.9);
            History history = new Trainer<double>(optimizer) { Callbacks = callbacks }.Fit(Data(), Data(), epochs: 3, batchSize: 20, seed: 1);
            return $"{network.WeightsSha256()} {string.Join(" ", history.Epochs.Select(epoch => (epoch.TrainingLoss, epoch.ValidationLoss, epoch.GradientNorm)))}";
        }

        Train(new TrainingDiagnostics<double>(every)).Should().Be(Train());
    }

    [Fact]
    public void A_gradient_that_another_callback_has_changed_stays_changed()
    {
        string Train(params ITrainingCallback<double>[] callbacks)
        {
            Network<double> network = Mlp();
            new Trainer<double>(network, new Sgd(0.1)) { Callbacks = [new Doubling(), .. callbacks] }.Fit(Data(), epochs: 1, batchSize: 32, seed: 1);
            return network.WeightsSha256();
        }

        Train(new TrainingDiagnostics<double>(1)).Should().Be(Train());
    }

    [Fact]
    public void A_rate_too_large_is_named_with_the_step()
    {
        Diagnosis diagnosis = Train(Mlp(), new Sgd(50), every: 1);

        Finding update = diagnosis.Findings.First(finding => finding.Kind == FindingKind.UpdateTooLarge);
        update.When.Should().Be("epoch 1, batch 0, step 1");
        update.ToString().Should().StartWith("Warning: UpdateTooLarge at ").And.Contain("(epoch 1, batch 0, step 1)").And.Contain("  Why: ").And.Contain("  Try: ");
        diagnosis.Findings[0].Should().Be(update, "findings stand in the order of time");
    }

    [Fact]
    public void Updates_of_copies_are_named_by_what_the_weights_are_after_the_update() =>
        Train(Mlp(), new SgdOfCopies(0.1), every: 10).Findings.Should().ContainSingle()
            .Which.Should().Match<Finding>(finding => finding.Kind == FindingKind.Unchanged && finding.Where == "0.weight, 0.bias, 2.weight, 2.bias" && finding.When == "epoch 1, batch 0, step 1");

    [Fact]
    public void Accumulated_gradients_are_not_taken_for_parameters_that_do_not_change()
    {
        Network<double> network = Mlp();
        var diagnostics = new TrainingDiagnostics<double>(every: 2);
        new Trainer<double>(new Optimizer<double>(network, new Sgd(0.1), accumulationSteps: 2)) { Callbacks = [diagnostics] }.Fit(Data(), epochs: 4, batchSize: 32, seed: 1);

        diagnostics.Diagnosis.IsHealthy.Should().BeTrue("{0}", diagnostics);
    }

    // The first layer's outputs are made 0 for one sample, where the derivative of the root is infinite; the loss stays finite.
    [Fact]
    public void A_gradient_that_is_not_finite_is_found_in_the_step_where_it_comes_whatever_the_interval()
    {
        Matrix<double> x = X.Clone();
        x.SetRow(40, new double[6]);
        var batches = new Batches<double>(Data(x), 8, seed: 1);
        int batchOfSample = -1;
        foreach (Batch<double> batch in batches.Epoch(0))
            batchOfSample = batch.Indices.Contains(40) ? batch.Number : batchOfSample;
        batchOfSample.Should().BeGreaterThan(0, "the first step is looked at anyway");
        Network<double> network = Network.Input<double>(6).Affine(8, new Xavier()).Add(new SquareRoot()).Affine(3).SoftmaxWithLoss().Build(seed: 1);
        network.Parameters[1].Trainable = false;
        var diagnostics = new TrainingDiagnostics<double>(every: 1000);
        Action fit = () => new Trainer<double>(network, new Sgd(0.01)) { Callbacks = [diagnostics] }.Fit(Data(x), epochs: 1, batchSize: 8, seed: 1);

        fit.Should().Throw<NotFiniteNumberException>();
        Finding finding = diagnostics.Diagnosis.Findings.Single(finding => finding.Kind == FindingKind.NonFinite && finding.Where.StartsWith("behind", StringComparison.Ordinal));
        finding.Where.Should().Be("behind layer 0 Affine(6 -> 8)");
        finding.When.Should().Be($"epoch 1, batch {batchOfSample}, step {batchOfSample + 1}");
        diagnostics.Diagnosis.Findings.Should().Contain(
            finding => finding.Kind == FindingKind.NonFinite && finding.Where == "0.weight" && finding.Figure.StartsWith("An update"), "{0}", diagnostics);
        network.Diagnose(X, Labels).Findings.Should().Contain(finding => finding.Kind == FindingKind.NonFinite && finding.Where == "0.weight");
    }

    [Fact]
    public void A_loss_that_is_not_finite_is_found_in_its_batch_before_the_exception_that_names_it()
    {
        Matrix<double> x = X.Clone();
        x[40, 2] = double.NaN;
        int batchOfSample = -1;
        foreach (Batch<double> batch in new Batches<double>(Data(x), 8, seed: 1).Epoch(0))
            batchOfSample = batch.Indices.Contains(40) ? batch.Number : batchOfSample;
        var diagnostics = new TrainingDiagnostics<double>(every: 1000);
        Action fit = () => new Trainer<double>(Mlp(), new Sgd(0.1)) { Callbacks = [diagnostics] }.Fit(Data(x), epochs: 1, batchSize: 8, seed: 1);

        fit.Should().Throw<NotFiniteNumberException>().WithMessage($"The loss of step {batchOfSample} is NaN; nothing was updated. * It was batch {batchOfSample} of epoch 1.");
        diagnostics.Diagnosis.Findings.Should().ContainSingle(finding => finding.Kind == FindingKind.NonFinite)
            .Which.Should().Match<Finding>(finding => finding.Where == "input" && finding.When == $"epoch 1, batch {batchOfSample}, step {batchOfSample + 1}");
    }

    // 24 samples with labels drawn by lot: nothing to learn but by heart.
    [Fact]
    public void Learning_by_heart_is_named_and_the_epoch_from_which_on()
    {
        ArrayDataset<double> train = new(6, Make.Uniform(24, 6, seed: 2).ToRowMajorArray(), Make.Labels(24, 3, seed: 3), 3);
        Network<double> network = Network.Input<double>(6).Affine(64).Relu().Affine(3).SoftmaxWithLoss().Build(seed: 1);
        var diagnostics = new TrainingDiagnostics<double>();
        new Trainer<double>(network, new Adam(0.01)) { Callbacks = [diagnostics] }.Fit(train, Data(), epochs: 40, batchSize: 8, seed: 1);

        diagnostics.Diagnosis.Findings.Should().ContainSingle("{0}", diagnostics)
            .Which.Should().Match<Finding>(finding => finding.Kind == FindingKind.Overfitting && finding.Where == "validation" && finding.Figure.Contains("the validation loss rose from"));
    }

    // Of four samples one has two labels; a batch of one sample says nothing of that.
    [Fact]
    public void A_batch_of_single_labels_is_not_taken_for_classes()
    {
        Network<double> network = Network.Input<double>(6).Affine(3).SigmoidWithLoss().Build(seed: 1);
        double[] labels = [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 0];
        var diagnostics = new TrainingDiagnostics<double>(every: 1);
        new Trainer<double>(network, new Sgd(0.1)) { Callbacks = [diagnostics] }
            .Fit(new ArrayDataset<double>(6, X.SubMatrix(0, 4, 0, 6).ToRowMajorArray(), 3, labels), epochs: 2, batchSize: 1, seed: 1);

        diagnostics.Diagnosis.Findings.Should().NotContain(finding => finding.Kind == FindingKind.LossMismatch, "{0}", diagnostics);
    }

    [Fact]
    public void The_interval_is_at_least_1() =>
        FluentActions.Invoking(() => new TrainingDiagnostics<double>(0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("every must be at least 1; got 0.*");

    private static Diagnosis Train(Network<double> network, IOptimizerRule rule, int every)
    {
        var diagnostics = new TrainingDiagnostics<double>(every);
        new Trainer<double>(network, rule) { Callbacks = [diagnostics] }.Fit(Data(), epochs: 5, batchSize: 32, seed: 1);
        return diagnostics.Diagnosis;
    }

    private static Network<double> Mlp() => Network.Input<double>(6).Affine(16).Relu().Affine(3).SoftmaxWithLoss().Build(seed: 1);

    private static ArrayDataset<double> Data(Matrix<double>? x = null) => new(6, (x ?? X).ToRowMajorArray(), Labels, 3);

    private sealed class Doubling : ITrainingCallback<double>
    {
        public void BeforeUpdate(in TrainingStep<double> step)
        {
            foreach (Parameter<double> parameter in step.Trainer.Network.Parameters)
                (2 * parameter.Gradient).CopyTo(parameter.Gradient);
        }
    }
}
