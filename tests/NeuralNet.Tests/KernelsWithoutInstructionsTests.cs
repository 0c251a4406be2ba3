using System.Xml.Linq;
using NeuralNet.Tests.Samples;

namespace NeuralNet.Tests;

/// <summary>The tests of the kernels once more in processes that do without some of the machine's instructions, as older machines do.</summary>
[Collection(RunsAlone.Name)]
public class KernelsWithoutInstructionsTests
{
    private static readonly string[] Variables = ["DOTNET_EnableAVX512=0", "DOTNET_EnableAVX2=0", "DOTNET_EnableHWIntrinsic=0"];

    // All at once, since each leaves a processor idle at times.
    [Fact]
    public Task Every_kernel_passes_its_tests_without_them() => Task.WhenAll(Variables.Select(PassWith));

    private static async Task PassWith(string variable)
    {
        // This class is in no row, so a child starts no children.
        string[] classes = [.. KernelCases.Tests.Values.Append(typeof(InstructionSetTests)).Distinct().Select(type => type.FullName!)];
        using var folder = new ScratchFolder();
        SampleProcess child = await SampleProcess.RunTests(variable, string.Join('|', classes.Select(name => $"FullyQualifiedName~{name}.")), folder.FullName);

        child.ExitCode.Should().Be(0, "with {0} it says {1}{2}", variable, child.Output, child.Error);
        var results = XDocument.Load(Path.Combine(folder.FullName, SampleProcess.TestResults));
        string[] passed = [.. results.Descendants().Where(element => element.Name.LocalName == "TestMethod").Select(test => test.Attribute("className")!.Value).Distinct()];
        passed.Should().BeEquivalentTo(classes, "that is what runs with {0}", variable);
    }
}
