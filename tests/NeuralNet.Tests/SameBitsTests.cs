using NeuralNet.Tests.Samples;

namespace NeuralNet.Tests;

/// <summary>What a network learns and predicts has the same bits whatever the number of threads, the vectors and the batch.</summary>
public class SameBitsTests
{
    private const int Samples = 1000;

    // Two precisions of seven workloads, each on 1, 2 and 8 threads.
    private const int Trainings = 14, Rows = 42;

    private static readonly Lazy<Task<SampleProcess>> WidestVectors = new(() => Bits(null));

    [Fact]
    public async Task Trained_weights_have_the_same_bits_on_1_2_and_8_threads()
    {
        SampleProcess bits = await WidestVectors.Value;

        bits.Error.Should().BeEmpty();
        bits.Output.Should().Contain("All numbers of threads agreed.");
        bits.ExitCode.Should().Be(0);
        string[] fingerprints = [.. bits.Output.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length == 64)];
        fingerprints.Should().HaveCount(Rows);
        fingerprints.Distinct().Should().HaveCount(Trainings);
    }

    // 512-bit vectors off; 256-bit vectors and fused multiply-add off (emulated); all intrinsics off.
    [Theory]
    [InlineData("DOTNET_EnableAVX512=0", "512 bits")]
    [InlineData("DOTNET_EnableAVX2=0", "256 bits")]
    [InlineData("DOTNET_EnableHWIntrinsic=0", "128 bits")]
    public async Task Trained_weights_have_the_same_bits_for_every_width_of_vector(string variable, string widthSwitchedOff)
    {
        SampleProcess narrow = await Bits(variable), widest = await WidestVectors.Value;

        narrow.Output.Should().NotContain(widthSwitchedOff);
        BelowFirstLine(narrow).Should().Be(BelowFirstLine(widest));
    }

    [Theory]
    [InlineData(37, 50, 20, 7)]
    [InlineData(784, 100, 10)]
    public void A_sample_is_predicted_in_the_same_bits_alone_and_in_a_batch_of_2_100_and_1000(params int[] sizes)
    {
        PredictInBatches<float>(sizes);
        PredictInBatches<double>(sizes);
    }

    private static void PredictInBatches<T>(int[] sizes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NetworkBuilder<T> builder = Network.Input<T>(sizes[0]);
        foreach (int size in sizes[1..^1])
            builder.Affine(size).Tanh();
        Network<T> network = builder.Affine(sizes[^1]).SoftmaxWithLoss().Build(seed: 1);
        network.MaxThreads = 8;
        Matrix<T> x = Make.Uniform<T>(Samples, sizes[0], seed: 2), alone = InMatrices(network, x, 1);

        InSpans(network, x, 1).ShouldBeBits(alone, "spans of a sample");
        foreach (int batch in (int[])[2, 100, 1000])
        {
            InMatrices(network, x, batch).ShouldBeBits(alone, $"matrices of {batch} samples");
            InSpans(network, x, batch).ShouldBeBits(alone, $"spans of {batch} samples");
        }
    }

    private static Matrix<T> InMatrices<T>(Network<T> network, Matrix<T> x, int batch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Matrix<T> y = Matrix<T>.Build.Dense(x.RowCount, network.OutputShape.Size);
        for (int start = 0; start < x.RowCount; start += batch)
            y.SetSubMatrix(start, 0, network.Predict(x.SubMatrix(start, batch, 0, x.ColumnCount)));
        return y;
    }

    private static Matrix<T> InSpans<T>(Network<T> network, Matrix<T> x, int batch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int inputs, int outputs) = (x.ColumnCount, network.OutputShape.Size);
        T[] samples = x.ToRowMajorArray(), results = new T[x.RowCount * outputs];
        for (int start = 0; start < x.RowCount; start += batch)
            network.Predict(samples.AsSpan(start * inputs, batch * inputs), results.AsSpan(start * outputs, batch * outputs));
        return Matrix<T>.Build.Dense(x.RowCount, outputs, (row, column) => results[(row * outputs) + column]);
    }

    // Smaller twins of the workloads; large and wide still have products that go to all 8 threads.
    private static Task<SampleProcess> Bits(string? variable) =>
        SampleProcess.RunWith(variable, "NeuralNet.Benchmarks", AppContext.BaseDirectory, "bits", "--scale-down", "--steps", "3");

    private static string BelowFirstLine(SampleProcess process) => process.Output[process.Output.IndexOf('\n', StringComparison.Ordinal)..];
}
