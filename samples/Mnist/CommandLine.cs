using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NeuralNet.Samples.Mnist;

/// <summary>Reads the options, or says in one line which of them is wrong.</summary>
internal static class CommandLine
{
    private const int BadInput = 2;

    private static readonly Option<string?> Data = new("--data") { Description = "Directory with MNIST's four IDX files, gzip or plain; by default the embedded 8x8 UCI digits", HelpName = "DIR" };
    private static readonly Option<int[]> Hidden = new("--hidden") { Description = "Sizes of the hidden layers, such as 50 or 512,512", HelpName = "SIZES", DefaultValueFactory = _ => [50], CustomParser = Sizes };
    private static readonly Option<string> Activation = new("--activation") { Description = "Activation of the hidden layers", DefaultValueFactory = _ => "relu" };
    private static readonly Option<int?> Epochs = new("--epochs") { Description = "Passes over the training set (default 30; 17 with --data)", HelpName = "N" };
    private static readonly Option<long?> Steps = new("--steps") { Description = "Training steps, instead of --epochs", HelpName = "N" };
    private static readonly Option<int> BatchSize = new("--batch-size") { Description = "Samples in a step", HelpName = "N", DefaultValueFactory = _ => 100 };
    private static readonly Option<string> Optimizer = new("--optimizer") { Description = "Update rule", DefaultValueFactory = _ => "sgd" };
    private static readonly Option<double?> LearningRate = new("--learning-rate") { Description = "Step size (default 0.1 for sgd; 0.001 for adam and rmsprop; else 0.01)", HelpName = "X" };
    private static readonly Option<double?> WeightStd = new("--weight-std") { Description = "Standard deviation of the initial weights (default He for relu, else Xavier)", HelpName = "X" };
    private static readonly Option<long> Seed = new("--seed") { Description = "What fixes all randomness", HelpName = "N", DefaultValueFactory = _ => 1 };
    private static readonly Option<int?> Threads = new("--threads") { Description = "Threads at most (default all); results do not depend on it", HelpName = "N" };
    private static readonly Option<string> Out = new("--out") { Description = "Directory for weights, history.csv, loss.svg and mistakes.png", HelpName = "DIR", DefaultValueFactory = _ => Path.Combine("out", "mnist") };
    private static readonly Option<bool> Json = new("--json") { Description = "End with one line of JSON" };

    /// <summary>Reads the settings; false, with the exit code, after help was printed or a mistake was named.</summary>
    public static bool TryRead(string[] args, [NotNullWhen(true)] out Settings? settings, out int exitCode)
    {
        settings = null;
        Activation.AcceptOnlyFromAmong([.. Settings.Activations]);
        Optimizer.AcceptOnlyFromAmong([.. Settings.Optimizers]);
        var root = new RootCommand("Trains a network on handwritten digits: MNIST, or the embedded UCI digits.")
        {
            Data, Hidden, Activation, Epochs, Steps, BatchSize, Optimizer, LearningRate, WeightStd, Seed, Threads, Out, Json,
        };
        root.SetAction(_ => { });

        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 || (parsed.Action is null or not System.CommandLine.Help.HelpAction && Mistake(parsed) is not null))
        {
            Console.Error.WriteLine((parsed.Errors.Count > 0 ? parsed.Errors[0].Message : Mistake(parsed)!).ReplaceLineEndings(" "));
            exitCode = BadInput;
            return false;
        }

        exitCode = 0;
        if (parsed.Action is System.CommandLine.Help.HelpAction || parsed.GetResult("--version") is not null)
        {
            parsed.Invoke();
            return false;
        }

        settings = new Settings
        {
            Data = parsed.GetValue(Data),
            Hidden = parsed.GetValue(Hidden)!,
            Activation = parsed.GetValue(Activation)!,
            Epochs = parsed.GetValue(Epochs),
            Steps = parsed.GetValue(Steps),
            BatchSize = parsed.GetValue(BatchSize),
            Optimizer = parsed.GetValue(Optimizer)!,
            LearningRate = parsed.GetValue(LearningRate),
            WeightStandardDeviation = parsed.GetValue(WeightStd),
            Seed = parsed.GetValue(Seed),
            Threads = parsed.GetValue(Threads),
            Out = parsed.GetValue(Out)!,
            Json = parsed.GetValue(Json),
        };
        return true;
    }

    private static string? Mistake(ParseResult parsed)
    {
        if (parsed.GetValue(Epochs) is not null && parsed.GetValue(Steps) is not null)
            return "--epochs and --steps exclude each other.";
        return AtLeastOne(Epochs, parsed.GetValue(Epochs))
            ?? AtLeastOne(Steps, parsed.GetValue(Steps))
            ?? AtLeastOne(BatchSize, parsed.GetValue(BatchSize))
            ?? AtLeastOne(Threads, parsed.GetValue(Threads))
            ?? Positive(LearningRate, parsed.GetValue(LearningRate))
            ?? Positive(WeightStd, parsed.GetValue(WeightStd));
    }

    private static string? AtLeastOne(Option option, long? value) => value is < 1 ? $"{option.Name} must be at least 1; got {value}." : null;

    private static string? Positive(Option option, double? value) =>
        value is { } number && !(number > 0 && double.IsFinite(number)) ? string.Create(CultureInfo.InvariantCulture, $"{option.Name} must be greater than 0; got {number}.") : null;

    private static int[]? Sizes(ArgumentResult argument)
    {
        string text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : string.Empty;
        var sizes = new List<int>();
        foreach (string part in text.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int size) || size < 1)
            {
                argument.AddError($"--hidden expects sizes of at least 1 separated by commas, such as 50 or 512,512; got '{text}'.");
                return null;
            }

            sizes.Add(size);
        }

        return [.. sizes];
    }
}
