namespace NeuralNet.Tests;

/// <summary>What every data set promises, itself and as an epoch sees it.</summary>
public sealed class DatasetContractTests : IDisposable
{
    private const int Epoch = 3;

    private readonly ScratchFolder folder = new();
    private IDataset<double>? created;

    public void Dispose()
    {
        (created as IDisposable)?.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Every_public_data_set_has_a_row()
    {
        Type[] sets = [.. typeof(Network).Assembly.GetExportedTypes().Where(type =>
            type.IsClass && type.GetInterfaces().Any(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IDataset<>)))];
        using var files = new ScratchFolder();
        Type[] rows = [.. DatasetCases.All.Select(row => row.Create(files)).Select(set =>
        {
            (set as IDisposable)?.Dispose();
            return set.GetType().GetGenericTypeDefinition();
        })];

        sets.Should().Contain(typeof(ArrayDataset<>)).And.BeSubsetOf(rows);
    }

    [Theory, MemberData(nameof(DatasetCases.Names), MemberType = typeof(DatasetCases))]
    public void A_sample_is_the_same_alone_and_in_any_batch(string name)
    {
        foreach (IDataset<double> set in Views(name))
        {
            int[] indices = [set.Count - 1, 0, 2, 0];
            (Matrix<double> features, Matrix<double> targets, double[] weights) = Read(set, indices);
            for (int i = 0; i < indices.Length; i++)
            {
                (Matrix<double> feature, Matrix<double> target, double[] weight) = Read(set, [indices[i]]);
                features.RowOf(i).ShouldBeBits(feature, $"sample {indices[i]}");
                targets.RowOf(i).ShouldBeBits(target, $"target {indices[i]}");
                weights[i].Should().Be(weight[0]);
            }

            Read(set, []).Features.RowCount.Should().Be(0);
        }
    }

    [Theory, MemberData(nameof(DatasetCases.Names), MemberType = typeof(DatasetCases))]
    public void Labels_are_those_of_the_targets(string name)
    {
        foreach (IDataset<double> set in Views(name))
        {
            if (!set.Labels.IsEmpty)
                OneHot.Decode(All(set).Targets).Should().Equal(set.Labels.ToArray());
        }
    }

    [Theory, MemberData(nameof(DatasetCases.Names), MemberType = typeof(DatasetCases))]
    public void Weights_are_weights_and_one_where_there_are_none(string name)
    {
        foreach (IDataset<double> set in Views(name))
        {
            double[] weights = All(set).Weights;
            weights.Should().OnlyContain(weight => double.IsFinite(weight) && weight >= 0);
            if (!set.HasSampleWeights)
                weights.Should().OnlyContain(weight => weight == 1);
        }
    }

    [Theory, MemberData(nameof(DatasetCases.Names), MemberType = typeof(DatasetCases))]
    public void An_epoch_is_a_pure_function_of_its_number_and_leaves_the_set_as_it_was(string name)
    {
        IDataset<double> set = Create(name);
        string before = Text(set);
        (IDataset<double> first, IDataset<double> later) = (set.ForEpoch(Epoch), set.ForEpoch(Epoch + 1));
        string text = Text(first), laterText = Text(later);

        Text(first).Should().Be(text);
        Text(set.ForEpoch(Epoch)).Should().Be(text);
        Text(DatasetCases.Row(name).Create(folder).ForEpoch(Epoch)).Should().Be(text);
        Text(set).Should().Be(before);
        (laterText != text).Should().Be(DatasetCases.Row(name).ChangesByEpoch);
        (first.Count, first.FeatureShape, first.TargetShape, first.HasSampleWeights).Should().Be((set.Count, set.FeatureShape, set.TargetShape, set.HasSampleWeights));
        first.Labels.Length.Should().Be(set.Labels.Length);
    }

    [Theory, MemberData(nameof(DatasetCases.Names), MemberType = typeof(DatasetCases))]
    public void Wrong_arguments_are_told_in_words(string name)
    {
        foreach (IDataset<double> set in Views(name))
        {
            (int width, int outputs) = (set.FeatureShape.Size, set.TargetShape.Size);
            Matrix<double> features = Matrix<double>.Build.Dense(2, width), targets = Matrix<double>.Build.Dense(2, outputs);

            Wrong([0, 1], Matrix<double>.Build.Dense(2, width + 1), targets, $"*expects features of shape [2, {width}], got [2, {width + 1}].*");
            Wrong([0, 1], Matrix<double>.Build.Dense(3, width), targets, $"*expects features of shape [2, {width}], got [3, {width}].*");
            Wrong([0, 1], features, Matrix<double>.Build.Dense(2, outputs + 1), $"*expects targets of shape [2, {outputs}], got [2, {outputs + 1}].*");
            Wrong([0, 1], Matrix<double>.Build.Sparse(2, width), targets, "*expects a dense matrix of features, got SparseMatrix.*");
            Wrong([0, set.Count], features, targets, $"*indices must be from 0 to {set.Count - 1}; got {set.Count} at place 1.*");
            Wrong([-1, 0], features, targets, $"*indices must be from 0 to {set.Count - 1}; got -1 at place 0.*");
            FluentActions.Invoking(() => set.CopyWeights([0, 1], new double[3])).Should().Throw<ArgumentException>().WithMessage("*expects 2 weights, one for each sample, got 3.*");

            void Wrong(int[] indices, Matrix<double> x, Matrix<double> t, string message) =>
                FluentActions.Invoking(() => set.CopyBatch(indices, x, t)).Should().Throw<ArgumentException>().WithMessage(message);
        }
    }

    private IDataset<double>[] Views(string name)
    {
        IDataset<double> set = Create(name);
        return [set, set.ForEpoch(Epoch)];
    }

    private IDataset<double> Create(string name) => created = DatasetCases.Row(name).Create(folder);

    private static (Matrix<double> Features, Matrix<double> Targets, double[] Weights) Read(IDataset<double> set, int[] indices)
    {
        // What was there before must not show.
        Matrix<double> features = Matrix<double>.Build.Dense(indices.Length, set.FeatureShape.Size, double.NaN), targets = Matrix<double>.Build.Dense(indices.Length, set.TargetShape.Size, double.NaN);
        var weights = new double[indices.Length];
        set.CopyBatch(indices, features, targets);
        set.CopyWeights(indices, weights);
        return (features, targets, weights);
    }

    private static (Matrix<double> Features, Matrix<double> Targets, double[] Weights) All(IDataset<double> set) => Read(set, [.. Enumerable.Range(0, set.Count)]);

    private static string Text(IDataset<double> set)
    {
        (Matrix<double> features, Matrix<double> targets, double[] weights) = All(set);
        return string.Join(' ', [.. features.ToRowMajorArray(), .. targets.ToRowMajorArray(), .. weights, .. set.Labels.ToArray()]);
    }
}
