using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace NeuralNet.Benchmarks;

/// <summary>A classifier, and the batch that it sees. <c>Peers/peers.py</c> reads the same words for its layers.</summary>
/// <param name="Input">The shape of a sample.</param>
/// <param name="Layers">The layers before the softmax: <c>affine 100</c>, <c>relu</c>, <c>convolution 32 3 1</c> (channels, kernel, padding), <c>max-pooling 2</c>, <c>dropout 0.5</c>.</param>
/// <param name="Batch">The number of samples.</param>
internal sealed record NetworkShape(Shape Input, string[] Layers, int Batch)
{
    private readonly Lazy<double[]> products = new(() => Products(Input, Layers));

    /// <summary>The number of classes.</summary>
    public int Classes { get; } = int.Parse(Layers[^1].Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>Inputs, hidden units and classes, if all layers are affine with Relu between them; else null.</summary>
    public int[]? Sizes { get; } = Array.TrueForAll(Layers, layer => layer == "relu" || layer.StartsWith("affine ", StringComparison.Ordinal))
        ? [Input.Size, .. Layers.Where(layer => layer != "relu").Select(layer => int.Parse(layer.Split(' ')[1], CultureInfo.InvariantCulture))]
        : null;

    /// <summary>Operations of the products in a forward pass.</summary>
    public double ForwardFlops => 2.0 * Batch * products.Value.Sum();

    /// <summary>Operations of the products in forward and backward; the first layer does not need the gradient of its input.</summary>
    public double TrainingFlops => (3 * ForwardFlops) - (2.0 * Batch * products.Value[0]);

    /// <summary>Affine layers with Relu between them.</summary>
    /// <param name="sizes">Inputs, hidden units, classes.</param>
    /// <param name="batch">The number of samples.</param>
    public static NetworkShape Affine(int[] sizes, int batch) =>
        new(sizes[0], [.. sizes[1..^1].SelectMany(size => (string[])[$"affine {size}", "relu"]), $"affine {sizes[^1]}"], batch);

    /// <summary>The same without what draws random numbers, for numbers that can be compared.</summary>
    public NetworkShape WithoutDropout() => new(Input, [.. Layers.Where(layer => !layer.StartsWith("dropout", StringComparison.Ordinal))], Batch);

    /// <summary>About an eighth of the units and channels, images of half the side and one sample less: still over threads where it was, and odd sizes leave the last vector partly filled.</summary>
    public NetworkShape ScaledDown()
    {
        Shape input = Input.Rank == 3 ? new(Input[0], Input[1] / 2, Input[2] / 2) : Input;
        return new(input, [.. Layers[..^1].Select(Smaller), Layers[^1]], Batch - 1);

        static string Smaller(string layer)
        {
            string[] words = layer.Split(' ');
            if (words[0] is "affine" or "convolution")
                words[1] = ((int.Parse(words[1], CultureInfo.InvariantCulture) / 8) + 1).ToString(CultureInfo.InvariantCulture);
            return string.Join(' ', words);
        }
    }

    /// <summary>The same weights at every call.</summary>
    public Network<T> Build<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NetworkBuilder<T> builder = Network.Input<T>(Input);
        foreach (string[] words in Layers.Select(layer => layer.Split(' ')))
        {
            double[] numbers = [.. words.Skip(1).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
            builder = words[0] switch
            {
                "affine" => builder.Affine((int)numbers[0]),
                "relu" => builder.Relu(),
                "convolution" => builder.Convolution((int)numbers[0], (int)numbers[1], padding: (int)numbers[2]),
                "max-pooling" => builder.MaxPooling((int)numbers[0]),
                "dropout" => builder.Dropout(numbers[0]),
                _ => throw new NotSupportedException($"Unknown layer {words[0]}."),
            };
        }

        return builder.SoftmaxWithLoss().Build(seed: 1);
    }

    public Matrix<T> Samples<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => Matrix<T>.Build.Dense(Batch, Input.Size, Sample.Unit<T>(Batch, Input.Size));

    public int[] Labels() => Sample.Labels(Batch, Classes);

    /// <summary>Layers, batch and a file with the weights, for a peer.</summary>
    public JsonObject Request(string kind, ScratchFolder scratch) => new()
    {
        ["kind"] = kind,
        ["input"] = new JsonArray([.. Input.Dimensions.ToArray().Select(size => JsonValue.Create(size))]),
        ["layers"] = new JsonArray([.. Layers.Select(layer => JsonValue.Create(layer))]),
        ["batch"] = Batch,
        ["weights"] = scratch.File($"{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('-', Layers)))[..8])}.safetensors", path => Build<float>().SaveWeights(path)),
    };

    // The multiply-adds of each layer that has some.
    private static double[] Products(Shape input, string[] layers)
    {
        Network<float> network = new NetworkShape(input, layers, Batch: 1).Build<float>();
        return [.. network.Layers.Select((layer, i) => layer switch
        {
            Affine<float> affine => affine.Weight.Shape.Size,
            Convolution<float> convolution => (double)convolution.Weight.Shape.Size * network.Chain.Layers.OutputShapes[i][1] * network.Chain.Layers.OutputShapes[i][2],
            _ => 0,
        }).Where(count => count > 0)];
    }
}
