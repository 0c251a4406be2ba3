using System.Text.RegularExpressions;

namespace NeuralNet.Tests.Samples;

/// <summary>The README's code is the samples' code, and what it says they print is what they print.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("QuickStart", 0)]
    [InlineData("CustomLayer", 1)]
    public async Task A_code_block_is_a_sample_and_the_block_behind_it_is_its_output(string sample, int block)
    {
        string readme = Resource("README.md");
        Blocks("csharp", readme)[block].Should().Be(Resource($"{sample}.cs").TrimEnd());

        SampleProcess process = await SampleProcess.Run(sample, folder.FullName);

        process.Error.Should().BeEmpty();
        process.ExitCode.Should().Be(0);
        process.Output.ReplaceLineEndings("\n").TrimEnd().Should().Be(Blocks("text", readme)[block]);
    }

    [Fact]
    public void No_code_block_is_left_out() => Blocks("csharp", Resource("README.md")).Should().HaveCount(2);

    [Fact]
    public void The_whole_is_short() => Resource("README.md").Split('\n').Length.Should().BeLessThan(300);

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ReadmeTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string[] Blocks(string language, string text) =>
        [.. Block().Matches(text).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["code"].Value)];

    [GeneratedRegex("^```(?<language>\\w+)\n(?<code>.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
