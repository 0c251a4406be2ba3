using NeuralNet.Onnx;

namespace NeuralNet.Tests;

/// <summary>What cannot be exported, in words.</summary>
public sealed class ExportErrorTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_custom_layer_without_a_form_is_named_wherever_it_stands()
    {
        Exporting(Network.Input<double>(3).Affine(2).Residual(block => block.Tanh().Add(new Cube())).Build(seed: 1)).Should().Throw<NotSupportedException>()
            .WithMessage("Layer 1.0.1 Cube has no ONNX form. Give its kind one, once at start: OnnxExport.Register(\"Cube\", layer => ...).");
    }

    [Fact]
    public void A_custom_layer_with_the_name_of_a_built_in_one_is_not_taken_for_it()
    {
        Exporting(Network.Input<double>(3).Add(new Scale()).Build(seed: 1)).Should().Throw<NotSupportedException>()
            .WithMessage("Layer 0 Scale is no Scale of the library's but a NeuralNet.Tests.Scale, so that its ONNX form is not known.*kind of its own*");
    }

    [Fact]
    public void A_number_larger_than_any_float_is_refused_and_an_infinite_one_is_not()
    {
        Exporting(new Network<double>(1, [new Affine<double>(Make.Rows([1e300]))])).Should().Throw<NotSupportedException>()
            .WithMessage("0.weight: 1E+300 is larger than any float, and ONNX files are written in float.");
        Exporting(Network.Input<double>(1).Scale(-1e39).Build(seed: 1)).Should().Throw<NotSupportedException>()
            .WithMessage("0.Scale.factor: -1E+39 is larger than any float*");
        Exporting(Network.Input<double>(1).LeakyRelu(1e39).Build(seed: 1)).Should().Throw<NotSupportedException>()
            .WithMessage("alpha of 0.LeakyRelu.LeakyRelu: 1E+39 is larger than any float*");
        Exporting(new Network<double>(1, [new Affine<double>(Make.Rows([double.PositiveInfinity, double.NaN]))])).Should().NotThrow();
    }

    [Fact]
    public void More_numbers_than_a_file_holds_are_refused()
    {
        // 2 GiB less a MiB for all that is not numbers.
        const long Most = 536_608_767;
        ((Action)(() => ModelExport.CheckSize(Most))).Should().NotThrow();
        ((Action)(() => ModelExport.CheckSize(Most + 1))).Should().Throw<NotSupportedException>()
            .WithMessage("The network's 536608768 numbers are more than the 536608767 that an ONNX file of 2 GiB holds.");
    }

    [Fact]
    public void An_old_file_outlives_a_failure()
    {
        string path = folder.Write("network.onnx", [1, 2, 3]);
        ((Action)(() => Network.Input<double>(3).Add(new Cube()).Build(seed: 1).SaveOnnx(path))).Should().Throw<NotSupportedException>();
        File.ReadAllBytes(path).Should().Equal(1, 2, 3);
        Directory.GetFileSystemEntries(folder.FullName).Should().Equal(path);
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_named_and_nothing_is_left()
    {
        Network<float> network = Network.Input<float>(2).Affine(1).Build(seed: 1);
        string missing = Path.Combine(folder.FullName, "nowhere", "network.onnx");
        ((Action)(() => network.SaveOnnx(missing))).Should().Throw<IOException>().WithMessage($"{missing} could not be written: *");

        string directory = Directory.CreateDirectory(Path.Combine(folder.FullName, "directory.onnx")).FullName;
        ((Action)(() => network.SaveOnnx(directory))).Should().Throw<IOException>().WithMessage($"{directory} could not be written: *");
        Directory.GetFileSystemEntries(folder.FullName).Should().Equal(directory);
    }

    [Fact]
    public void A_failing_stream_says_so_itself() =>
        ((Action)(() => Network.Input<float>(2).Affine(1).Build(seed: 1).SaveOnnx(new MemoryStream([], writable: false)))).Should().Throw<NotSupportedException>();

    private static Action Exporting(Network<double> network) => () => network.SaveOnnx(new MemoryStream());
}
