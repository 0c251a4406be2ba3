namespace NeuralNet.Tests;

/// <summary>A fault that is planted, and the finding that must name it.</summary>
/// <param name="Name">The fault.</param>
/// <param name="Plant">Makes a network, samples and optimizer with the fault, and has them diagnosed.</param>
/// <param name="Kind">What is to be found.</param>
/// <param name="Where">At which place.</param>
/// <param name="Says">Words of its figure.</param>
/// <param name="IsAlone">Whether nothing else is found. Many a fault has consequences that are findings of their own.</param>
internal sealed record FaultCase(string Name, Func<Diagnosis> Plant, FindingKind Kind, string Where, string Says, bool IsAlone = false)
{
    private const int Samples = 120, Features = 6, Classes = 3;

    private static readonly Matrix<double> X = Make.Uniform(Samples, Features, seed: 1);
    private static readonly int[] Labels = [.. Enumerable.Range(0, Samples).Select(row => (X[row, 0] > 0.7 ? 2 : 0) + (X[row, 1] > 0.3 && X[row, 0] <= 0.7 ? 1 : 0))];
    private static readonly Matrix<double> T = OneHot.Encode<double>(Labels, Classes);

    public static IReadOnlyList<FaultCase> All { get; } =
    [
        // The data.
        new("inputs as bytes", () => Mlp().Diagnose(64 * X + 128, Labels), FindingKind.InputScale, "input", "layer 0 Affine(6 -> 16) is given numbers from 0"),
        new("one feature in thousands", () => Mlp().Diagnose(With(X, (x, row) => x[row, 4] *= 1000), Labels), FindingKind.InputScale, "input", "feature 4 with a root mean square of"),
        new("inputs divided twice", () => Mlp().Diagnose(X / 255, Labels), FindingKind.InputScale, "input", "expected are about 1", IsAlone: true),
        new("labels from 1", () => Mlp().Diagnose(X, Labels.Select(label => label + 1).ToArray()), FindingKind.TargetRange, "target", "has the label 3; the network has outputs for 0 to 2", IsAlone: true),
        new("a label of -1", () => Mlp().Diagnose(X, Labels.Select((label, i) => i == 7 ? -1 : label).ToArray()), FindingKind.TargetRange, "target", "Sample 7 has the label -1", IsAlone: true),
        new("classes as -1 and 1", () => Binary().Diagnose(X, Column(row => Labels[row] == 0 ? -1 : 1)), FindingKind.TargetRange, "target", "Targets go from -1 to 1", IsAlone: true),
        new("targets of any size", () => Mlp().Diagnose(X, 5 * T), FindingKind.TargetRange, "target", "Targets go from 0 to 5; SoftmaxWithLoss takes probabilities"),
        new("a row of no class", () => Mlp().Diagnose(X, With(T, (t, row) => t[row, Labels[row]] = row == 5 ? 0 : 1)), FindingKind.TargetSum, "target", "sample 5 sum to 0;", IsAlone: true),
        new("a row of two classes", () => Mlp().Diagnose(X, With(T, (t, row) => t[row, (Labels[row] + 1) % Classes] = row == 9 ? 1 : 0)), FindingKind.TargetSum, "target", "sample 9 sum to 2;", IsAlone: true),
        new("all of one class", () => Mlp().Diagnose(X, new int[Samples]), FindingKind.ClassBalance, "target", "All 120 samples are of class 0", IsAlone: true),
        new("all of one class of two", () => Binary().Diagnose(X, Column(_ => 1)), FindingKind.ClassBalance, "target", "All 120 samples are of class 1", IsAlone: true),
        new("a class without samples", () => Mlp().Diagnose(X, Labels.Select(label => label == 1 ? 2 : label).ToArray()), FindingKind.ClassBalance, "target", "None of 120 samples is of class 1", IsAlone: true),
        new("NaN in the samples", () => Mlp().Diagnose(With(X, (x, row) => x[row, 3] = row == 11 ? double.NaN : x[row, 3]), Labels), FindingKind.NonFinite, "input", "NaN in feature 3 of sample 11", IsAlone: true),
        new("an infinity in a data set", () => Mlp().Diagnose(Dataset(With(X, (x, row) => x[row, 2] = row == 100 ? double.PositiveInfinity : x[row, 2]))), FindingKind.NonFinite, "input", "Infinity in feature 2 of sample 100", IsAlone: true),
        new("NaN in the targets", () => Regression().Diagnose(X, Column(row => row == 4 ? double.NaN : 1)), FindingKind.NonFinite, "target", "NaN", IsAlone: true),

        // The loss.
        new("softmax twice", () => Network(net => net.Affine(16).Relu().Affine(3).Softmax().SoftmaxWithLoss()).Diagnose(X, Labels), FindingKind.LossMismatch, "layer 4 SoftmaxWithLoss", "layer 3 Softmax stands before it", IsAlone: true),
        new("a Relu on the scores", () => Network(net => net.Affine(16).Relu().Affine(3).Relu().SoftmaxWithLoss()).Diagnose(X, Labels), FindingKind.LossMismatch, "layer 4 SoftmaxWithLoss", "layer 3 Relu stands before it", IsAlone: true),
        new("sigmoid twice", () => Network(net => net.Affine(16).Relu().Affine(1).Sigmoid().SigmoidWithLoss()).Diagnose(X, Column(row => Labels[row] == 0 ? 0 : 1)), FindingKind.LossMismatch, "layer 4 SigmoidWithLoss", "layer 3 Sigmoid stands before it", IsAlone: true),
        new("tanh before a hinge", () => Network(net => net.Affine(3).Tanh().Hinge()).Diagnose(X, Labels), FindingKind.LossMismatch, "layer 2 Hinge(1)", "layer 1 Tanh stands before it", IsAlone: true),
        new("a Relu on the scores, within a block", () => Network(net => net.Affine(16).Relu().Sequential(block => block.Affine(3).Relu()).SoftmaxWithLoss()).Diagnose(X, Labels), FindingKind.LossMismatch, "layer 3 SoftmaxWithLoss", "layer 2.1 Relu stands before it", IsAlone: true),
        new("one-hot numbers behind a Relu", () => Network(net => net.Affine(16).Relu().Affine(3).Relu().MeanSquaredError()).Diagnose(X, T), FindingKind.LossMismatch, "layer 4 MeanSquaredError", "Targets are one-hot rows, and layer 3 Relu", IsAlone: true),
        new("one-hot rows for sigmoids", () => Network(net => net.Affine(16).Relu().Affine(3).SigmoidWithLoss()).Diagnose(X, Labels), FindingKind.LossMismatch, "layer 3 SigmoidWithLoss", "a single 1 among 3 columns", IsAlone: true),
        new("cross-entropy of scores", () => Network(net => net.Affine(16).Relu().Affine(3).Exp().CrossEntropyError()).Diagnose(X, Labels), FindingKind.LossMismatch, "layer 4 CrossEntropyError", "takes probabilities"),
        new("targets beyond a sigmoid", () => Network(net => net.Affine(16).Relu().Affine(1).Sigmoid().MeanSquaredError()).Diagnose(X, Column(row => X[row, 0])), FindingKind.LossMismatch, "layer 4 MeanSquaredError", "layer 3 Sigmoid gives from 0 to 1", IsAlone: true),
        new("targets below a Relu", () => Network(net => net.Affine(16).Relu().Affine(1).Relu().MeanSquaredError()).Diagnose(X, Column(row => X[row, 0])), FindingKind.LossMismatch, "layer 4 MeanSquaredError", "layer 3 Relu gives 0 or more", IsAlone: true),
        new("a loss that lost its minus", () => Network(net => net.Affine(4).Tanh().Affine(1).Sigmoid().Add(new LogLikelihood())).Diagnose(X, Column(row => Labels[row] == 0 ? 0 : 1)), FindingKind.LossMismatch, "layer 4 LogLikelihood", "The loss is -1.", IsAlone: true),

        // The weights.
        new("all weights alike", () => Network(net => net.Affine(16, new Constant(0.1)).Tanh().Affine(3).SoftmaxWithLoss()).Diagnose(X, Labels), FindingKind.Symmetry, "0.weight", "All 16 units have the same weights", IsAlone: true),
        new("all weights alike, and all behind them", () => Network(net => net.Affine(16, new Constant(0.1)).Tanh().Affine(3, new Constant(0.1)).SoftmaxWithLoss()).Diagnose(X, Labels), FindingKind.Symmetry, "0.weight", "All 16 units have the same weights"),
        new("all weights 0", () => Network(net => net.Affine(16, new Constant(0)).Tanh().Affine(3, new Constant(0)).SoftmaxWithLoss()).Diagnose(X, Labels), FindingKind.Symmetry, "0.weight", "the same weights, all 0"),
        new("all filters alike", () => new Network<double>(new Shape(1, 3, 2), [new Convolution<double>(4, 2, weightInitializer: new Constant(0.3)), new Tanh<double>(), new Affine<double>(3), new SoftmaxWithLoss<double>()], 1).Diagnose(X, Labels), FindingKind.Symmetry, "0.weight", "All 4 units", IsAlone: true),
        new("half dead", () => Poisoned("0.bias", (bias, unit) => bias[0, unit] = unit < 9 ? -100 : 0).Diagnose(X, Labels), FindingKind.DeadUnits, "layer 1 Relu", "9 of 16 units give 0 for all 120 samples", IsAlone: true),
        new("all dead", () => Poisoned("0.bias", (bias, unit) => bias[0, unit] = -100).Diagnose(X, Labels), FindingKind.DeadUnits, "layer 1 Relu", "16 of 16 units"),
        new("dead within a block", () => Network(net => net.Affine(8).Tanh().Residual(block => block.Add(new Affine<double>(Make.Uniform(8, 8, 1), Row(8, -100))).Relu().Affine(8)).Affine(3).SoftmaxWithLoss()).Diagnose(X, Labels), FindingKind.DeadUnits, "layer 2.0.1 Relu", "8 of 8 units"),
        new("tanh at its ends", () => Network(net => net.Affine(16, new Normal(20)).Tanh().Affine(3).SoftmaxWithLoss()).Diagnose(X, Labels), FindingKind.Saturation, "layer 1 Tanh", "of its outputs are at the flat ends"),
        new("sigmoid at its ends", () => Network(net => net.Affine(16, new Normal(50)).Sigmoid().Affine(3).SoftmaxWithLoss()).Diagnose(X, Labels), FindingKind.Saturation, "layer 1 Sigmoid", "of its outputs are at the flat ends"),

        // The gradients.
        new("ten sigmoids", () => Network(net => Enumerable.Range(0, 10).Aggregate(net, (deep, _) => deep.Affine(16).Sigmoid()).Affine(3).SoftmaxWithLoss()).Diagnose(X, Labels), FindingKind.VanishingGradient, "0.weight", "times as much"),
        new("ten layers too wild", () => Network(net => Enumerable.Range(0, 10).Aggregate(net, (deep, _) => deep.Affine(16, new Normal(2)).Relu()).Affine(3, new Normal(2)).SoftmaxWithLoss()).Diagnose(X, Labels), FindingKind.ExplodingGradient, "0.weight", "Its gradient has the norm"),
        new("a Backward not written", () => Network(net => net.Affine(16).Tanh().Add(new NoBackward()).Affine(3).SoftmaxWithLoss()).Diagnose(X, Labels), FindingKind.NoGradient, "0.weight, 0.bias", "layer 2 NoBackward lets none through", IsAlone: true),
        new("dead units pass nothing", () => Poisoned("0.bias", (bias, unit) => bias[0, unit] = -100).Diagnose(X, Labels), FindingKind.NoGradient, "0.weight, 0.bias", "layer 1 Relu lets none through"),
        new("a gradient forgotten", () => Network(net => net.Affine(16).Tanh().Add(new NoParameterGradient()).Affine(3).SoftmaxWithLoss()).Diagnose(X, Labels), FindingKind.NoGradient, "2.shift", "although one reaches layer 2 NoParameterGradient", IsAlone: true),
        new("a layer of private arrays", () => Network(net => net.Add(new PrivateCopy(Make.Uniform(6, 16, 3))).Tanh().Affine(3).SoftmaxWithLoss()).Diagnose(X, Labels), FindingKind.WithoutEffect, "0.weight", "does not change one bit of what layer 0 PrivateCopy computes", IsAlone: true),
        new("private arrays within a block", () => Network(net => net.Affine(4).Residual(block => block.Add(new PrivateCopy(Make.Uniform(4, 4, 3)))).Affine(3).SoftmaxWithLoss()).Diagnose(X, Labels), FindingKind.WithoutEffect, "1.0.0.weight", "layer 1.0.0 PrivateCopy", IsAlone: true),

        // Updates.
        new("frozen", () => WithOptimizer(new Sgd(0.1), network => network.Parameters[0].Trainable = false), FindingKind.Unchanged, "0.weight", "Trainable is false", IsAlone: true),
        new("all frozen", () => WithOptimizer(new Sgd(0.1), network => network.Parameters.ToList().ForEach(parameter => parameter.Trainable = false)), FindingKind.Unchanged, "0.weight, 0.bias, 2.weight, 2.bias", "Trainable is false", IsAlone: true),
        new("a schedule that gives 0", () => WithOptimizer(new Sgd(0.1), schedule: new CosineAnnealing(10), steps: 10), FindingKind.Unchanged, "0.weight, 0.bias, 2.weight, 2.bias", "The learning rate is 0", IsAlone: true),
        new("a rule that updates copies", () => WithOptimizer(new SgdOfCopies(0.1)), FindingKind.Unchanged, "0.weight, 0.bias, 2.weight, 2.bias", "bit for bit as they were", IsAlone: true),
        new("a rate lost in rounding", () => WithOptimizer(new Sgd(1e-20)), FindingKind.Unchanged, "0.weight, 2.weight", "bit for bit as they were"),
        new("a rate too small", () => WithOptimizer(new Sgd(1e-7)), FindingKind.UpdateTooSmall, "2.weight", "at the learning rate 1e-07", IsAlone: true),
        new("a rate too small behind a softmax", () => WithOptimizer(new Sgd(1e-7), network: Network(net => net.Affine(16).Relu().Affine(Classes).Softmax().CrossEntropyError())), FindingKind.UpdateTooSmall, "2.weight", "at the learning rate 1e-07", IsAlone: true),
        new("a rate too large", () => WithOptimizer(new Sgd(100)), FindingKind.UpdateTooLarge, "2.weight", "at the learning rate 100"),
        new("a rate much too large for Adam", () => WithOptimizer(new Adam(1)), FindingKind.UpdateTooLarge, "0.weight", "at the learning rate 1"),

        // NaN, and where it began.
        new("NaN in a weight", () => Poisoned("2.weight", (weight, column) => weight[3, 1] = double.NaN).Diagnose(X, Labels), FindingKind.NonFinite, "2.weight", "NaN at row 3, column 1", IsAlone: true),
        new("an exponential overflows", () => Network(net => net.Affine(16, new Normal(400)).Exp().Affine(3).SoftmaxWithLoss()).Diagnose(X, Labels), FindingKind.NonFinite, "layer 1 Exp", "Infinity at row"),
        new("an overflow within a block", () => Network(net => net.Affine(4, new Normal(400)).Residual(block => block.Exp()).Affine(3).SoftmaxWithLoss()).Diagnose(X, Labels), FindingKind.NonFinite, "layer 1.0.0 Exp", "Infinity at row"),
        new("the logarithm of 0", () => Network(net => net.Affine(3, new Normal(2000)).Softmax().CrossEntropyError()).Diagnose(X, Labels), FindingKind.NonFinite, "layer 2 CrossEntropyError", "the loss is Infinity"),
        new("an infinite derivative", () => Network(net => net.Affine(6, new Constant(0)).Add(new SquareRoot()).Affine(3).SoftmaxWithLoss()).Diagnose(X, Labels), FindingKind.NonFinite, "behind layer 0 Affine(6 -> 6)", "of the gradient"),
    ];

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    public override string ToString() => Name;

    private static Network<double> Network(Func<NetworkBuilder<double>, NetworkBuilder<double>> layers) => layers(NeuralNet.Network.Input<double>(Features)).Build(seed: 1);

    private static Network<double> Mlp() => Network(net => net.Affine(16).Relu().Affine(Classes).SoftmaxWithLoss());

    private static Network<double> Binary() => Network(net => net.Affine(16).Relu().Affine(1).SigmoidWithLoss());

    private static Network<double> Regression() => Network(net => net.Affine(16).Relu().Affine(1).MeanSquaredError());

    private static Network<double> Poisoned(string parameter, Action<Matrix<double>, int> change)
    {
        Network<double> network = Mlp();
        Matrix<double> value = network.Parameters.Single(found => found.Name == parameter).Value;
        for (int column = 0; column < value.ColumnCount; column++)
            change(value, column);
        return network;
    }

    private static Diagnosis WithOptimizer(IOptimizerRule rule, Action<Network<double>>? plant = null, ISchedule? schedule = null, int steps = 0, Network<double>? network = null)
    {
        network ??= Mlp();
        plant?.Invoke(network);
        var optimizer = new Optimizer<double>(network, rule, schedule);
        for (int step = 0; step < steps; step++)
            network.Step(X, Labels, optimizer);
        return network.Diagnose(X, Labels, optimizer);
    }

    private static Matrix<double> With(Matrix<double> matrix, Action<Matrix<double>, int> change)
    {
        Matrix<double> changed = matrix.Clone();
        for (int row = 0; row < changed.RowCount; row++)
            change(changed, row);
        return changed;
    }

    private static Matrix<double> Column(Func<int, double> target) => Matrix<double>.Build.Dense(Samples, 1, (row, _) => target(row));

    private static Matrix<double> Row(int columns, double value) => Matrix<double>.Build.Dense(1, columns, value);

    private static ArrayDataset<double> Dataset(Matrix<double> x) => new(Features, x.ToRowMajorArray(), Labels, Classes);
}
