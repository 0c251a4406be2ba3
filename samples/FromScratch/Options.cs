namespace NeuralNet.Samples.FromScratch;

/// <summary>What the command line asks for.</summary>
/// <param name="Chapter">The chapter to run; all of them if null.</param>
/// <param name="DataDirectory">Where MNIST's four files are; null without them.</param>
/// <param name="OutputDirectory">Where pictures are written.</param>
internal sealed record Options(string? Chapter = null, string? DataDirectory = null, string OutputDirectory = "out")
{
    /// <summary>Reads the arguments; throws a <see cref="UsageException"/> for any that it does not know.</summary>
    public static Options Parse(string[] arguments)
    {
        var options = new Options();
        for (int i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--data" => options with { DataDirectory = ValueOf("--data", ref i) },
                "--out" => options with { OutputDirectory = ValueOf("--out", ref i) },
                ['-', ..] => throw new UsageException($"Unknown option '{arguments[i]}'."),
                _ when options.Chapter is null => options with { Chapter = arguments[i] },
                _ => throw new UsageException($"'{arguments[i]}' is one chapter too many."),
            };
        }

        return options;

        string ValueOf(string option, ref int i) =>
            i + 1 < arguments.Length ? arguments[++i] : throw new UsageException($"The option {option} needs a directory.");
    }
}
