using System.CommandLine;

namespace NeuralNet.Benchmarks;

/// <summary>The commands that are not BenchmarkDotNet's. A mistake is answered in one line.</summary>
internal static class Commands
{
    private const int BadInput = 2;

    public static int Run(string[] args)
    {
        ParseResult parsed = new RootCommand { CompareCommand.Create(), BitsCommand.Create() }.Parse(args);
        return parsed.Errors.Count > 0 ? Fail(parsed.Errors[0].Message.ReplaceLineEndings(" ")) : parsed.Invoke();
    }

    public static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return BadInput;
    }
}
