using System.Security.Cryptography;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Where networks begin: <c>Network.Input&lt;float&gt;(784).Affine(100).Relu().Affine(10).SoftmaxWithLoss().Build(seed: 42)</c>.</summary>
public static class Network
{
    /// <summary>Begins a network with the shape of one input sample.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="inputShape">The shape of one sample: a number of features, or channels, height and width.</param>
    /// <returns>A builder to add layers to.</returns>
    /// <exception cref="NotSupportedException">The precision is neither <see langword="float"/> nor <see langword="double"/>.</exception>
    public static NetworkBuilder<T> Input<T>(Shape inputShape)
        where T : unmanaged, IFloatingPointIeee754<T> => new(inputShape);
}

/// <summary>Layers in order, with the seed, the parameters and the training step.</summary>
/// <remarks>
/// With a loss layer last it trains; without one it only predicts. A network is used by one thread at a time, except that Predict, Classify, Loss, Accuracy and Activations
/// may be called from many threads at once as long as nobody trains: each call works on a replica that shares the parameters
/// (with custom layers that are not registered in <see cref="LayerRegistry"/>, the calls wait for each other instead). A single call with many samples uses replicas too,
/// one on each of <see cref="MaxThreads"/> threads.
/// </remarks>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed class Network<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LayerChain<T> chain;
    private readonly EvaluatorPool<T> evaluators;
    private readonly BatchBuffer<T> targets = new();
    private int maxThreads;

    /// <summary>Checks that the layers fit together and creates their parameters.</summary>
    /// <param name="inputShape">The shape of one input sample.</param>
    /// <param name="layers">The layers in order, each instance once, a loss only last.</param>
    /// <param name="seed">What fixes all randomness of the network; if left out, one is drawn and kept in <see cref="Seed"/>.</param>
    /// <exception cref="ArgumentException">A layer does not fit behind the one before it, a loss is not last, or an instance stands in two places, or stood in a network that could not be built.</exception>
    /// <exception cref="NotSupportedException">The precision is neither <see langword="float"/> nor <see langword="double"/>.</exception>
    public Network(Shape inputShape, IEnumerable<ILayer<T>> layers, long? seed = null)
    {
        Guard.Precision<T>();
        ArgumentNullException.ThrowIfNull(inputShape);
        ArgumentNullException.ThrowIfNull(layers);
        Seed = seed ?? BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        chain = new LayerChain<T>(inputShape, [.. layers], new CounterRandom((ulong)Seed));
        evaluators = new EvaluatorPool<T>(chain);
    }

    private Network(Network<T> original)
    {
        (Seed, StepNumber, maxThreads) = (original.Seed, original.StepNumber, original.maxThreads);
        chain = original.chain.Replicate();
        evaluators = new EvaluatorPool<T>(chain);
        ClassNames = original.ClassNames;
        foreach ((string name, string text) in original.Metadata)
            Metadata.Add(name, text);
    }

    /// <summary>What fixes all randomness of the network: initial values, and whatever layers draw in training.</summary>
    public long Seed { get; }

    /// <summary>The number of training steps done; together with the seed it fixes what layers draw in the next one.</summary>
    public long StepNumber { get; internal set; }

    /// <summary>
    /// How many threads the network's arithmetic may use, at least 1; by default MathNet's <c>Control.MaxDegreeOfParallelism</c>, but 1 within the trials of a
    /// <see cref="HyperparameterSearch"/> that run side by side. Results do not depend on it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public int MaxThreads
    {
        get => maxThreads == 0 ? ThreadLimit.Current : maxThreads;
        set => maxThreads = Guard.AtLeast(1, value, nameof(MaxThreads));
    }

    /// <summary>The shape of one input sample.</summary>
    public Shape InputShape => chain.InputShape;

    /// <summary>The shape of one output sample.</summary>
    public Shape OutputShape => chain.OutputShape;

    /// <summary>The layers in order.</summary>
    public IReadOnlyList<ILayer<T>> Layers => chain.Layers.All;

    /// <summary>Everything that is learned, in the order of the layers, named as in PyTorch's Sequential: <c>0.weight</c>, <c>0.bias</c>, <c>2.weight</c> ...</summary>
    public IReadOnlyList<Parameter<T>> Parameters => chain.Parameters;

    /// <summary>Everything that is kept and saved but not learned by gradient, named likewise.</summary>
    public IReadOnlyList<LayerState<T>> States => chain.States;

    /// <summary>The names of the classes that the outputs stand for, in their order, saved with the network; empty, as at first, if they have none.</summary>
    /// <remarks>A network with a single output, the probability of the second of two classes, has two.</remarks>
    /// <exception cref="ArgumentException">There are not as many names as classes, one is empty, or one stands twice.</exception>
    public IReadOnlyList<string> ClassNames
    {
        get;
        set => field = Guard.ClassNames(OutputShape.Size, value);
    } = [];

    /// <summary>Texts that are saved with the network: whatever an application wants to find again, such as how the inputs were made. Names that begin with <c>neuralnet.</c>, and <c>format</c>, are the file's own.</summary>
    public IDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    internal LayerChain<T> Chain => chain;

    internal EvaluatorPool<T> Evaluators => evaluators;

    /// <summary>The shape of one sample of what a layer of this network gives: one of <see cref="Layers"/>, or one within them.</summary>
    /// <param name="layer">The layer.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="ArgumentException">The layer is not in this network, or within a composite that is not the library's.</exception>
    public Shape OutputShapeOf(ILayer<T> layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return chain.Layers.PlaceOf(layer)?.OutputShape
            ?? throw new ArgumentException($"{layer.Describe()} is no layer of this network, or one within a composite that is not the library's.", nameof(layer));
    }

    /// <summary>Computes the network's output, in inference mode: with a loss layer, what its head makes of the scores (probabilities, for a softmax).</summary>
    /// <param name="input">The samples, <c>[N, in]</c>; any number, run in blocks.</param>
    /// <returns>A new matrix, <c>[N, out]</c>.</returns>
    /// <exception cref="ArgumentException">The input does not have the network's width, or is empty.</exception>
    public Matrix<T> Predict(Matrix<T> input) => evaluators.Predict(input, MaxThreads);

    /// <summary>Computes the network's output into a given matrix.</summary>
    /// <param name="input">The samples, <c>[N, in]</c>.</param>
    /// <param name="output">The result, <c>[N, out]</c>, dense; overwritten.</param>
    /// <exception cref="ArgumentException">Input or output do not have the network's width, or not the same number of rows; or the output is not dense.</exception>
    public void Predict(Matrix<T> input, Matrix<T> output) => evaluators.Predict(input, output, MaxThreads);

    /// <summary>Computes the network's output for samples that lie one after another, without a matrix in sight.</summary>
    /// <param name="samples">The samples, N times <see cref="InputShape"/>.Size numbers.</param>
    /// <param name="outputs">The results, N times <see cref="OutputShape"/>.Size numbers; overwritten.</param>
    /// <exception cref="ArgumentException">A length is not that of a whole number of samples, the two numbers differ, or the outputs lie over other samples than their own.</exception>
    public void Predict(ReadOnlySpan<T> samples, Span<T> outputs) => evaluators.Predict(samples, outputs, MaxThreads);

    /// <summary>Computes the loss over any number of samples, in inference mode.</summary>
    /// <param name="input">The samples, <c>[N, in]</c>.</param>
    /// <param name="target">The targets: a matrix <c>[N, out]</c>, or labels.</param>
    /// <param name="sampleWeights">A weight for each sample; empty for equal weights.</param>
    /// <returns>The loss, as the loss layer reduces it.</returns>
    /// <exception cref="ArgumentException">Shapes do not match, or a label is out of range.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss layer.</exception>
    public double Loss(Matrix<T> input, Targets<T> target, ReadOnlySpan<T> sampleWeights = default)
    {
        CheckBatch(input, target);
        CheckLoss();
        Guard.SampleWeights("The network", input.RowCount, sampleWeights);
        (double sum, double weight) = WeightedLoss(input, target, sampleWeights);
        return sum / Guard.TotalWeight(chain.Loss!, weight);
    }

    /// <summary>Computes the share of samples whose predicted class is that of the target: the column of the largest value, or of a single output whether it is at least 0.5.</summary>
    /// <param name="input">The samples, <c>[N, in]</c>.</param>
    /// <param name="target">The targets: a matrix <c>[N, out]</c>, or labels.</param>
    /// <returns>The accuracy, from 0 to 1.</returns>
    /// <exception cref="ArgumentException">Shapes do not match, or a label is out of range.</exception>
    public double Accuracy(Matrix<T> input, Targets<T> target)
    {
        CheckBatch(input, target);
        int correct = 0;
        evaluators.ForEachBlock(input.RowCount, MaxThreads, new CorrectCount<T>(Dense.Of(input), target, ref correct));
        return (double)correct / input.RowCount;
    }

    /// <summary>Trains on one batch: forward, loss, backward, update.</summary>
    /// <param name="input">The batch, <c>[N, in]</c>.</param>
    /// <param name="target">The targets: a matrix <c>[N, out]</c>, or labels.</param>
    /// <param name="optimizer">The optimizer of this network.</param>
    /// <param name="sampleWeights">A weight for each sample; empty for equal weights.</param>
    /// <returns>The loss before the update.</returns>
    /// <exception cref="ArgumentException">Shapes do not match, a label is out of range, or the optimizer is another network's.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss layer.</exception>
    /// <exception cref="NotFiniteNumberException">The loss is NaN or infinite, or the outputs of a sample that does not count in it are; nothing was updated.</exception>
    public double Step(Matrix<T> input, Targets<T> target, Optimizer<T> optimizer, ReadOnlySpan<T> sampleWeights = default)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        if (optimizer.Network != this)
            throw new ArgumentException("The optimizer belongs to another network: create one with this network.", nameof(optimizer));

        double loss = Gradients(input, target, sampleWeights);
        optimizer.Update();
        return loss;
    }

    /// <summary>The first half of a step: forward in training mode, loss, backward. Overwrites every gradient and changes nothing else.</summary>
    /// <param name="input">The batch, <c>[N, in]</c>.</param>
    /// <param name="target">The targets: a matrix <c>[N, out]</c>, or labels.</param>
    /// <param name="sampleWeights">A weight for each sample; empty for equal weights.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">Shapes do not match, or a label is out of range.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss layer.</exception>
    /// <exception cref="NotFiniteNumberException">The loss is NaN or infinite, or the outputs of a sample that does not count in it are.</exception>
    public double Gradients(Matrix<T> input, Targets<T> target, ReadOnlySpan<T> sampleWeights = default)
    {
        CheckBatch(input, target);
        CheckLoss();
        using ThreadLimit.Scope limit = ThreadLimit.Enter(MaxThreads);
        chain.EnterStep(new StepContext(Training: true, (ulong)Seed, StepNumber));
        Matrix<T> scores = chain.Scores(input), rows = target.Rows(0, target.Count, OutputShape.Size, targets);
        double loss = chain.Loss!.Forward(scores, rows, sampleWeights);
        if (!double.IsFinite(loss))
            throw new NotFiniteNumberException($"The loss of step {StepNumber} is {Guard.Number(loss)}; nothing was updated. {chain.FirstNonFinite(input)}", loss);
        if (chain.FirstSpoilt(scores, rows, sampleWeights) is { } sample)
            throw new NotFiniteNumberException($"Sample {sample} of step {StepNumber} does not count in the loss, but its outputs are not finite, and 0 times those is NaN in the gradients of all; nothing was updated. {chain.FirstNonFinite(input)}", double.NaN);
        chain.Backward();
        return loss;
    }

    /// <summary>Lets somebody look on while samples pass as in Predict, at the layers of a replica if others predict at the same time.</summary>
    internal TObserver Observe<TObserver>(Matrix<T> input, Func<LayerList<T>, TObserver> observe)
        where TObserver : IPassObserver<T>
    {
        Guard.Input("The network", InputShape.Size, input);
        using EvaluatorPool<T>.Rental evaluator = evaluators.Rent(MaxThreads);
        return evaluator.Value.Observe(input, observe);
    }

    /// <summary>The sum behind <see cref="Loss"/> and what it is divided by, from which those of several batches add up, in one pass with the predictions that <paramref name="see"/> is shown.</summary>
    internal (double Sum, double Weight) WeightedLoss(Matrix<T> input, Targets<T> target, ReadOnlySpan<T> sampleWeights, Action<Matrix<T>, Matrix<T>>? see = null)
    {
        CheckBatch(input, target);
        CheckLoss();
        using EvaluatorPool<T>.Rental evaluator = evaluators.Rent(MaxThreads);
        return evaluator.Value.Loss(input, target, sampleWeights, see);
    }

    /// <summary>The end of a step, when the update is done.</summary>
    internal void CompleteStep()
    {
        chain.CommitStep();
        StepNumber++;
    }

    /// <summary>Creates a network that shares the values of parameters and states with this one and owns all else: gradients, buffers.</summary>
    /// <returns>The replica, for another thread.</returns>
    /// <exception cref="InvalidOperationException">A custom layer is not registered in <see cref="LayerRegistry"/>, or what is registered makes another layer or other parameters.</exception>
    public Network<T> Replicate() => new(this);

    /// <summary>Copies the network as it is now for predictions alone, which are faster for single samples: what is made of weights for each prediction is made once.</summary>
    /// <returns>The copy; training the network on does not change it.</returns>
    /// <exception cref="InvalidOperationException">A custom layer is not registered in <see cref="LayerRegistry"/>, or what is registered makes another layer or other parameters.</exception>
    public Predictor<T> ToPredictor() => new(this);

    /// <summary>The network as a table: layer, output shape, parameters, total.</summary>
    /// <returns>Several lines.</returns>
    public override string ToString() => NetworkSummary.Of(chain);

    /// <summary>Samples and targets that fit this network and each other.</summary>
    internal void CheckBatch(Matrix<T> input, Targets<T> target)
    {
        Guard.Input("The network", InputShape.Size, input);
        Guard.RowsMatch(input, target.Count, "targets");
        target.CheckWidth(OutputShape.Size);
    }

    /// <summary>A loss to train for.</summary>
    internal void CheckLoss()
    {
        if (chain.Loss is null)
            throw new InvalidOperationException($"The network ends in {chain.Layers.All[^1].Describe()} and has no loss: add one last, such as SoftmaxWithLoss for classes or MeanSquaredError for numbers.");
    }
}
