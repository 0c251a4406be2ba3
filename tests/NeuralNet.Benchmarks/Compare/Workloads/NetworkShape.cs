using System.Text.Json.Nodes;

namespace NeuralNet.Benchmarks;

/// <summary>A classifier of affine layers with Relu between them and a softmax at the end, and the batch that it sees.</summary>
/// <param name="Sizes">Inputs, hidden units, classes.</param>
/// <param name="Batch">The number of samples.</param>
internal sealed record NetworkShape(int[] Sizes, int Batch)
{
    /// <summary>Operations of the products in a forward pass.</summary>
    public double ForwardFlops => Layers.Sum(layer => 2.0 * Batch * layer.In * layer.Out);

    /// <summary>Operations of the products in forward and backward; the first layer does not need the gradient of its input.</summary>
    public double TrainingFlops => (3 * ForwardFlops) - (2.0 * Batch * Sizes[0] * Sizes[1]);

    private IEnumerable<(int In, int Out)> Layers => Sizes.Zip(Sizes.Skip(1));

    /// <summary>Hidden layers of about an eighth of the units and one sample less: still over threads where it was, and odd sizes leave the last vector partly filled.</summary>
    public NetworkShape ScaledDown() => new([Sizes[0], .. Sizes[1..^1].Select(size => (size / 8) + 1), Sizes[^1]], Batch - 1);

    /// <summary>The same weights at every call.</summary>
    public Network<T> Build<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NetworkBuilder<T> builder = Network.Input<T>(Sizes[0]);
        foreach (int size in Sizes[1..^1])
            builder.Affine(size).Relu();
        return builder.Affine(Sizes[^1]).SoftmaxWithLoss().Build(seed: 1);
    }

    public Matrix<T> Input<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => Matrix<T>.Build.Dense(Batch, Sizes[0], Sample.Unit<T>(Batch, Sizes[0]));

    public int[] Labels() => Sample.Labels(Batch, Sizes[^1]);

    /// <summary>Sizes, batch and a file with the weights, for a peer.</summary>
    public JsonObject Request(string kind, ScratchFolder scratch) => new()
    {
        ["kind"] = kind,
        ["sizes"] = new JsonArray([.. Sizes.Select(size => JsonValue.Create(size))]),
        ["batch"] = Batch,
        ["weights"] = scratch.File($"{string.Join('-', Sizes)}.safetensors", path => Build<float>().SaveWeights(path)),
    };
}
