using System.Runtime.CompilerServices;
using NeuralNet.Onnx;

namespace NeuralNet.Tests;

/// <summary>The public API of each package against its file <c>PublicApi*.txt</c>, so that a change of it is a visible change of that file.</summary>
public class PublicApiTests
{
    private const string UpdateVariable = "NEURALNET_UPDATE_API";

    [Theory]
    [InlineData("PublicApi.txt", typeof(Network))]
    [InlineData("PublicApi.Data.txt", typeof(Csv))]
    [InlineData("PublicApi.Onnx.txt", typeof(OnnxFile))]
    public void The_public_API_is_that_of_the_snapshot(string snapshot, Type ofAssembly)
    {
        string[] found = PublicApi.Lines(ofAssembly.Assembly);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(SnapshotSource(snapshot), string.Concat(found.Select(line => line + "\n")));
            return;
        }

        string[] expected = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, snapshot));
        string[] difference = [.. expected.Except(found).Select(line => "- " + line), .. found.Except(expected).Select(line => "+ " + line)];

        difference.Should().BeEmpty("the public API changed; if that is meant, run the tests once with {0}=1 and commit {1}", UpdateVariable, snapshot);
        found.Should().Equal(expected);
    }

    [Fact]
    public void The_snapshot_sees_types_generic_parameters_defaults_and_accessors()
    {
        string[] lines = PublicApi.Lines(typeof(Network).Assembly);

        lines.Should().Contain("sealed class Affine<T> : ILayer<T>, IWeighted")
            .And.Contain("Affine<T>.Affine(int outputSize, IInitializer weightInitializer = null, bool bias = true)")
            .And.Contain("Parameter<T>.Trainable { get; set; } : bool")
            .And.Contain("interface ILossLayer<T> : ILayer<T>")
            .And.Contain("static ActivationBuilding.Relu<T>(this NetworkBuilder<T> builder) : NetworkBuilder<T>")
            .And.Contain("Adam.Beta1 { get; init; } : double")
            .And.NotContain(line => line.Contains("Gemm") || line.Contains('$'));
    }

    private static string SnapshotSource(string snapshot, [CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, snapshot);
}
