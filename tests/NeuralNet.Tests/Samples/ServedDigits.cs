using System.Text.Json;

namespace NeuralNet.Tests.Samples;

/// <summary>A small convolutional network, trained for some seconds on the embedded digits, in a file, and a server for it.</summary>
public sealed class ServedDigits : IAsyncLifetime, IDisposable
{
    public const string Name = "served digits";

    private readonly ScratchFolder folder = new();

    internal string Model { get; private set; } = string.Empty;

    /// <summary>The held-out samples.</summary>
    internal float[][] Samples { get; private set; } = [];

    /// <summary>What the network says of all of them in one batch.</summary>
    internal float[][] Expected { get; private set; } = [];

    internal Network<float> Network { get; private set; } = null!;

    internal ServeProcess Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        (IDataset<float> train, IDataset<float>? test) = HealthyCase.Digits();
        Network = NeuralNet.Network.Input<float>(new Shape(1, 8, 8)).Convolution(16, 3, padding: 1).Relu().MaxPooling(2).Affine(64).Relu().Affine(10).SoftmaxWithLoss().Build(seed: 1);
        var augmented = new AugmentedDataset<float>(train, [new RandomAffine(degrees: 10, shift: 0.6, minScale: 0.9, maxScale: 1.1)], seed: 1);
        new Trainer<float>(new Optimizer<float>(Network, new Adam(0.003))).Fit(augmented, epochs: 30, seed: 1);
        Network.Metadata["data"] = "UCI digits";
        Model = Path.Combine(folder.FullName, "digits.safetensors");
        Network.Save(Model);

        Matrix<float> samples = Matrix<float>.Build.Dense(test!.Count, 64), targets = Matrix<float>.Build.Dense(test.Count, 10);
        test.CopyBatch([.. Enumerable.Range(0, test.Count)], samples, targets);
        Samples = samples.ToRowArrays();
        Expected = Network.Predict(samples).ToRowArrays();
        Server = await ServeProcess.Start(Model);
    }

    public Task DisposeAsync() => Server is null ? Task.CompletedTask : Server.DisposeAsync().AsTask();

    public void Dispose() => folder.Dispose();

    /// <summary>Bit for bit what the batch gave.</summary>
    internal bool IsRight(int sample, JsonElement prediction) => ServeProcess.Probabilities(prediction).SequenceEqual(Expected[sample]);
}

/// <summary>The tests that share it run one after another.</summary>
[CollectionDefinition(ServedDigits.Name)]
public class SharesServedDigits : ICollectionFixture<ServedDigits>;
