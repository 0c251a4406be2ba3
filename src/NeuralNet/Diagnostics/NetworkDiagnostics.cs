namespace NeuralNet;

/// <summary>Looks into a network: what a step does, and why it may not learn.</summary>
/// <remarks>
/// Nothing is trained: parameters, states, the step and the optimizer are left bit for bit as they were found. Gradients are overwritten, and so are the layers' own buffers.
/// Layers within a composite are seen one by one; within a composite of your own they are not, and count as one layer.
/// </remarks>
public static class NetworkDiagnostics
{
    /// <summary>How many samples of a data set are sent through the network: enough to tell a dead unit from an idle one.</summary>
    private const int PassSize = 256;

    /// <summary>How many samples of a data set are read at once.</summary>
    private const int ReadSize = 1000;

    /// <summary>Runs one training step without its update and writes down what each layer did. NaN does not stop it.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="network">The network, with a loss layer.</param>
    /// <param name="input">The batch, <c>[N, in]</c>.</param>
    /// <param name="target">The targets: a matrix <c>[N, out]</c>, or labels.</param>
    /// <param name="sampleWeights">A weight for each sample; empty for equal weights.</param>
    /// <returns>The trace; its text is a table.</returns>
    /// <exception cref="ArgumentException">Shapes do not match, or a label is out of range.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss layer.</exception>
    public static NetworkTrace Trace<T>(this Network<T> network, Matrix<T> input, Targets<T> target, ReadOnlySpan<T> sampleWeights = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        return NetworkTrace.Of(Pass<T>.Run(network, input, target, sampleWeights));
    }

    /// <summary>Looks for reasons why the network may not learn from these samples.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="network">The network, with a loss layer.</param>
    /// <param name="input">The samples, <c>[N, in]</c>; some dozens at least, or dead units cannot be told from idle ones.</param>
    /// <param name="target">The targets: a matrix <c>[N, out]</c>, or labels. Labels may be out of range: that is a finding.</param>
    /// <param name="optimizer">The network's optimizer, whose next update is then worked out on copies; if left out updates are not looked at.</param>
    /// <returns>The findings; none, for a healthy network.</returns>
    /// <exception cref="ArgumentException">Shapes do not match, or the optimizer is another network's.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss layer.</exception>
    public static Diagnosis Diagnose<T>(this Network<T> network, Matrix<T> input, Targets<T> target, Optimizer<T>? optimizer = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        network.CheckBatch(input, target);
        var survey = new DataSurvey<T>(network.OutputShape.Size);
        survey.AddLabels(target.Labels);
        if (survey.WrongLabel is not null)
            return new Diagnosis([.. new Evidence<T>(network) { Data = survey }.Examine()]);

        Matrix<T> x = Dense.Of(input), t = target.Rows(0, target.Count, network.OutputShape.Size, new BatchBuffer<T>());
        survey.Add(x, t);
        return Diagnose(network, survey, x, t, default, optimizer);
    }

    /// <summary>Looks for reasons why the network may not learn from a data set: reads all of it, and sends some of its samples through the network.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="network">The network, with a loss layer.</param>
    /// <param name="dataset">The data set.</param>
    /// <param name="optimizer">The network's optimizer, whose next update is then worked out on copies; if left out updates are not looked at.</param>
    /// <returns>The findings; none, for a healthy network.</returns>
    /// <exception cref="ArgumentException">Shapes do not match, the set is empty, or the optimizer is another network's.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss layer.</exception>
    public static Diagnosis Diagnose<T>(this Network<T> network, IDataset<T> dataset, Optimizer<T>? optimizer = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(dataset);
        var survey = new DataSurvey<T>(network.OutputShape.Size);
        survey.AddLabels(dataset.Labels);
        if (survey.WrongLabel is not null)
            return new Diagnosis([.. new Evidence<T>(network) { Data = survey }.Examine()]);

        foreach (Batch<T> batch in new Batches<T>(dataset, ReadSize, seed: 0).InOrder())
        {
            network.CheckBatch(batch.Features, batch.Targets);
            survey.Add(batch.Features, batch.Targets);
        }

        // Shuffled, because sets are often sorted by class.
        BatchEnumerator<T> shuffled = new Batches<T>(dataset, PassSize, seed: 0).Epoch(0);
        shuffled.MoveNext();
        return Diagnose(network, survey, shuffled.Current.Features, shuffled.Current.Targets, shuffled.Current.SampleWeights, optimizer);
    }

    private static Diagnosis Diagnose<T>(Network<T> network, DataSurvey<T> survey, Matrix<T> input, Matrix<T> target, ReadOnlySpan<T> sampleWeights, Optimizer<T>? optimizer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        network.CheckLoss();
        if (optimizer is not null && optimizer.Network != network)
            throw new ArgumentException("The optimizer belongs to another network: create one with this network.", nameof(optimizer));

        var evidence = new Evidence<T>(network) { Data = survey, HasAllData = true };
        Finding[] inData = [.. evidence.Examine()];
        try
        {
            Pass<T> pass = Pass<T>.Run(network, input, target, sampleWeights);
            evidence = evidence with { Pass = pass, Losses = (pass.Loss, pass.SilentLoss), MayProbe = true };
        }
        catch (ArgumentException) when (inData.Length > 0)
        {
            // A layer or the loss refuses such data, as an embedding does with NaN; what was found in them says why.
            return new Diagnosis(inData);
        }

        return new Diagnosis([.. (evidence with { Changes = optimizer is null ? [] : UpdateRehearsal.Of(optimizer) }).Examine()]);
    }
}
