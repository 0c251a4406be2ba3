namespace NeuralNet.Tests;

/// <summary>A layer and all that the contract's tests need to know of it.</summary>
/// <param name="Name">The row's name, also in the golden values.</param>
/// <param name="Double">Creates it in double, not yet built.</param>
/// <param name="Single">Creates it in float, not yet built.</param>
/// <param name="Input">The shape of a sample that it is tested with.</param>
/// <param name="Reference">For an elementwise layer, the function in double.</param>
internal sealed record LayerCase(string Name, Func<ILayer<double>> Double, Func<ILayer<float>> Single, Shape Input, Func<double, double>? Reference = null)
{
    /// <summary>Makes inputs that the layer is well-conditioned for: so many rows, so many columns, a seed.</summary>
    public Func<int, int, int, Matrix<double>> Inputs { get; init; } = (rows, columns, seed) => Make.Uniform(rows, columns, seed);

    /// <summary>The number of features of a sample.</summary>
    public int Width => Input.Size;

    /// <summary>Rows with NaN, infinities and numbers as large as <see cref="LayerCases.Huge"/>, and what the layer's doc makes of them.</summary>
    public (double[] Input, double[] Output)[] Extremes { get; init; } = [];

    /// <summary>Whether only inputs of the width it was built for are right.</summary>
    public bool HasWidth { get; init; }

    /// <summary>Whether it returns its arguments themselves, as pass-through layers may.</summary>
    public bool PassesThrough { get; init; }

    /// <summary>Whether it is tested as in a training step, or as in a prediction.</summary>
    public bool Training { get; init; } = true;

    /// <summary>Whether what a sample becomes depends neither on the other samples nor on its row.</summary>
    public bool SamplesStandAlone { get; init; } = true;

    /// <summary>The fewest samples that it takes.</summary>
    public int LeastBatch { get; init; } = 1;

    /// <summary>Whether its input has a derivative; without one Backward returns zeros.</summary>
    public bool HasInputGradient { get; init; } = true;

    public override string ToString() => Name;

    /// <summary>A batch to test with.</summary>
    public Matrix<T> Batch<T>(int samples, int seed)
        where T : unmanaged, IFloatingPointIeee754<T> => Inputs(samples, Width, seed).As<T>();

    /// <summary>A built layer in the row's mode whose parameters and states are all set to seeded numbers, the same in both precisions up to rounding.</summary>
    public ILayer<T> Create<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ILayer<T> layer = New<T>();
        layer.Build(Input, new CounterRandom(1));
        foreach ((int i, Parameter<T> parameter) in layer.AllParameters().Index())
            new Uniform(-1, 1).Fill(parameter.Value.Values(), 1, 1, new CounterRandom((ulong)i));
        for (int i = 0; i < layer.States.Count; i++)
            new Uniform(0.5, 1.5).Fill(layer.States[i].Value.Values(), 1, 1, new CounterRandom((ulong)i));
        EnterStep(layer);
        return layer;
    }

    /// <summary>A network of this layer alone, with seeded numbers likewise.</summary>
    public Network<T> CreateNetwork<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var network = new Network<T>(Input, [New<T>()], seed: 1);
        foreach ((int i, Parameter<T> parameter) in network.Parameters.Index())
            new Uniform(-1, 1).Fill(parameter.Value.Values(), 1, 1, new CounterRandom((ulong)i));
        foreach ((int i, LayerState<T> state) in network.States.Index())
            new Uniform(0.5, 1.5).Fill(state.Value.Values(), 1, 1, new CounterRandom((ulong)i));
        return network;
    }

    /// <summary>Puts a layer into the row's mode.</summary>
    public void EnterStep<T>(ILayer<T> layer, long step = 0)
        where T : unmanaged, IFloatingPointIeee754<T> => (layer as IStepAware)?.EnterStep(new StepContext(Training, Key: 1, step));

    /// <summary>The layer as the gradient check may treat it: what is not in training is told of no step, and what has no input gradient never sees its input moved.</summary>
    public ILayer<double> ForCheck(ILayer<double> layer, Matrix<double> input) =>
        Training && HasInputGradient ? layer : new Sheltered(layer, HasInputGradient ? null : input.Clone());

    /// <summary>The layer as the factory makes it.</summary>
    public ILayer<T> New<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float) ? (ILayer<T>)Single() : (ILayer<T>)Double();
}
