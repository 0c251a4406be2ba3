using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>A forward and a backward pass in training mode, layer by layer. It updates and commits nothing; matrices are the layers' own buffers, valid until the network's next pass.</summary>
internal sealed class Pass<T> : IPassObserver<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<ILayer<T>, (Matrix<T> Input, Matrix<T> Output)> seen = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ILayer<T>, Matrix<T>> gradients = new(ReferenceEqualityComparer.Instance);
    private readonly List<LayerPass<T>> layers = [];
    private readonly List<LayerPass<T>> finished = [];

    private Pass(Network<T> network, Matrix<T> input, Matrix<T> target, ReadOnlySpan<T> sampleWeights)
    {
        LayerChain<T> chain = network.Chain;
        (Input, Target, LossLayer, LossPath) = (input, target, chain.Loss!, $"{chain.Layers.All.Length - 1}");
        using ThreadLimit.Scope limit = ThreadLimit.Enter(network.MaxThreads);
        chain.EnterStep(new StepContext(Training: true, (ulong)network.Seed, network.StepNumber));
        SilentLoss = LossLayer.Forward(Silence(input.RowCount, network.OutputShape.Size), target, sampleWeights);
        using (chain.Layers.Observe(this))
        {
            Loss = chain.Forward(input, target, sampleWeights);
            LossGradient = Dense.Of(LossLayer.Backward());
            chain.Backward();
        }

        Collect(chain.Layers, string.Empty);
    }

    /// <summary>The batch.</summary>
    public Matrix<T> Input { get; }

    /// <summary>The targets.</summary>
    public Matrix<T> Target { get; }

    /// <summary>The last layer.</summary>
    public ILossLayer<T> LossLayer { get; }

    /// <summary>The place of the last layer.</summary>
    public string LossPath { get; }

    /// <summary>The loss.</summary>
    public double Loss { get; }

    /// <summary>The loss of a network that says nothing, all of whose scores are 0, or all of whose classes are as probable: what learning begins from.</summary>
    public double SilentLoss { get; }

    /// <summary>dL/d(scores).</summary>
    public Matrix<T> LossGradient { get; }

    /// <summary>All layers but the loss as they stand, a composite before its children.</summary>
    public IReadOnlyList<LayerPass<T>> Layers => layers;

    /// <summary>The same in the order in which their outputs were there, a composite behind its children.</summary>
    public IReadOnlyList<LayerPass<T>> Finished => finished;

    /// <summary>What the loss was given.</summary>
    public Matrix<T> Scores => finished.Count == 0 ? Input : finished[^1].Output;

    /// <summary>Runs the pass. Overwrites gradients.</summary>
    public static Pass<T> Run(Network<T> network, Matrix<T> input, Targets<T> target, ReadOnlySpan<T> sampleWeights = default)
    {
        network.CheckBatch(input, target);
        network.CheckLoss();
        return new Pass<T>(network, Dense.Of(input), target.Rows(0, target.Count, network.OutputShape.Size, new BatchBuffer<T>()), sampleWeights);
    }

    private Matrix<T> Silence(int samples, int columns) => LossLayer is CrossEntropyError<T>
        ? Matrix<T>.Build.Dense(samples, columns, T.One / T.CreateTruncating(Math.Max(columns, 2)))
        : Dense.Create<T>(samples, columns);

    void IPassObserver<T>.SawForward(ILayer<T> layer, Matrix<T> input, Matrix<T> output) => seen[layer] = (Dense.Of(input), Dense.Of(output));

    void IPassObserver<T>.SawBackward(ILayer<T> layer, Matrix<T> outputGradient) => gradients[layer] = Dense.Of(outputGradient);

    private void Collect(LayerList<T> list, string path)
    {
        for (int i = 0; i < list.All.Length; i++)
        {
            ILayer<T> layer = list.All[i];
            if (!seen.TryGetValue(layer, out (Matrix<T> Input, Matrix<T> Output) pass))
                continue;
            var composite = layer as IComposite<T>;
            var row = new LayerPass<T>(
                $"{path}{i}",
                layer,
                list.InputShapes[i],
                list.OutputShapes[i],
                pass.Input,
                pass.Output,
                gradients.GetValueOrDefault(layer),
                composite is null ? [.. layer.AllParameters()] : layer.Parameters);
            layers.Add(row);
            if (composite is not null)
                Collect(composite.Layers, $"{path}{i}.");
            finished.Add(row);
        }
    }
}
