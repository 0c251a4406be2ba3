using System.CommandLine;
using System.CommandLine.Invocation;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace NeuralNet.Samples.Tabular;

/// <summary>Reads the options, or says in one line which of them is wrong.</summary>
internal static class CommandLine
{
    private const int BadInput = 2;

    private static readonly Option<string?> Data = OneOf("--data", "Data set (default all)", [.. Problem.All.Select(problem => problem.Name)]);
    private static readonly Option<int?> Folds = Number<int>("--folds", "Parts, each of which is held out once (default 5)", value => value is >= 2 and <= 50, "a whole number from 2 to 50");
    private static readonly Option<int?> Epochs = Number<int>("--epochs", "Passes over the samples to train with (default the model's)", value => value >= 1, "a whole number of at least 1");
    private static readonly Option<long?> Seed = Number<long>("--seed", "What fixes all randomness (default 1)", _ => true, "a whole number");
    private static readonly Option<bool> Json = new("--json") { Description = "End with one line of JSON" };

    /// <summary>Reads the settings; false, with the exit code, after help was printed or a mistake was named.</summary>
    public static bool TryRead(string[] args, [NotNullWhen(true)] out Settings? settings, out int exitCode)
    {
        settings = null;
        var root = new RootCommand("Learns from CSV files: a classification and a regression, cross-validated against simpler models.") { Data, Folds, Epochs, Seed, Json };
        root.SetAction(_ => { });
        CommandLineAction run = root.Action!;
        ParseResult parsed = root.Parse(args);
        bool isMistaken = parsed.Errors.Count > 0;
        exitCode = isMistaken ? BadInput : 0;
        if (isMistaken)
            Console.Error.WriteLine(parsed.Errors[0].Message.ReplaceLineEndings(" "));
        else if (parsed.Action != run)
            parsed.Invoke();
        if (isMistaken || parsed.Action != run)
            return false;

        string? name = parsed.GetValue(Data);
        settings = new Settings([.. Problem.All.Where(problem => name is null || problem.Name == name)], parsed.GetValue(Folds) ?? 5, parsed.GetValue(Epochs), parsed.GetValue(Seed) ?? 1, parsed.GetValue(Json));
        return true;
    }

    private static Option<string?> OneOf(string name, string description, IReadOnlyList<string> choices) => new(name)
    {
        Description = $"{description}: {string.Join(", ", choices)}",
        HelpName = "NAME",
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (choices.Contains(text))
                return text;
            argument.AddError($"{name} expects one of {string.Join(", ", choices)}; got '{text}'.");
            return null;
        },
    };

    private static Option<TNumber?> Number<TNumber>(string name, string description, Func<TNumber, bool> holds, string expected)
        where TNumber : struct, INumber<TNumber> => new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = argument =>
            {
                string text = argument.Tokens[0].Value;
                if (TNumber.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out TNumber value) && holds(value))
                    return value;
                argument.AddError($"{name} expects {expected}; got '{text}'.");
                return null;
            },
        };
}
