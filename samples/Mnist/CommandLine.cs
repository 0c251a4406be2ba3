using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace NeuralNet.Samples.Mnist;

/// <summary>Reads the options, or says in one line which of them is wrong.</summary>
internal static class CommandLine
{
    private const int BadInput = 2;

    private static readonly Option<string?> Data = new("--data") { Description = "Directory with MNIST's four IDX files, gzip or plain; by default the embedded 8x8 UCI digits", HelpName = "DIR" };
    private static readonly Option<string?> Load = new("--load") { Description = "Evaluate the network of a file, model.safetensors or model.onnx; with --epochs or --steps, train it on", HelpName = "FILE" };
    private static readonly Option<string?> Model = OneOf("--model", $"Network (default {Models.Mlp.Name}):{string.Concat(Models.All.Select(Line))}", [.. Models.All.Select(model => model.Name)]);
    private static readonly Option<int[]> Hidden = new("--hidden") { Description = "Sizes of mlp's hidden layers, such as 50 or 512,512", HelpName = "SIZES", DefaultValueFactory = _ => [50], CustomParser = Sizes };
    private static readonly Option<string?> Activation = OneOf("--activation", $"Activation of mlp's hidden layers: {string.Join(", ", Settings.Activations)} (default {Settings.Activations[0]})", Settings.Activations);
    private static readonly Option<double?> Dropout = Number<double>("--dropout", "Share of each of mlp's hidden layers that is dropped in training (default none)", value => value is >= 0 and < 1, "a number in [0, 1)");
    private static readonly Option<int?> Epochs = AtLeastOne<int>("--epochs", "Passes over the training set (default the model's)");
    private static readonly Option<long?> Steps = AtLeastOne<long>("--steps", "Training steps, instead of --epochs");
    private static readonly Option<int?> BatchSize = AtLeastOne<int>("--batch-size", "Samples in a step (default 100)");
    private static readonly Option<string?> Optimizer = OneOf("--optimizer", $"Update rule: {string.Join(", ", Settings.Optimizers)} (default the model's)", Settings.Optimizers);
    private static readonly Option<double?> LearningRate = Positive("--learning-rate", "Step size (default 0.1 for sgd; 0.001 for adam and rmsprop; else 0.01)");
    private static readonly Option<string?> Schedule = OneOf("--schedule", "How the learning rate changes: constant, or cosine, which falls to 0 (default constant; cosine with --augment)", Settings.Schedules);
    private static readonly Option<double?> WeightStd = Positive("--weight-std", "Standard deviation of mlp's initial weights (default He for relu, else Xavier)");
    private static readonly Option<long?> Seed = Number<long>("--seed", "What fixes all randomness (default 1)", _ => true, "a whole number");
    private static readonly Option<int?> Threads = AtLeastOne<int>("--threads", "Threads at most (default all); results do not depend on it");
    private static readonly Option<bool> Augment = new("--augment") { Description = "Train on images that are shifted, turned and stretched anew in each epoch" };
    private static readonly Option<int?> EarlyStopping = AtLeastOne<int>("--early-stopping", "End when the loss over a tenth of the training set, held out, has not fallen for so many epochs");
    private static readonly Option<string?> Checkpoint = new("--checkpoint") { Description = "Directory for checkpoints, from which a run that was killed goes on with --resume", HelpName = "DIR" };
    private static readonly Option<int?> CheckpointEvery = AtLeastOne<int>("--checkpoint-every", "Steps between checkpoints (default an epoch's)");
    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on from the newest checkpoint, if there is one" };
    private static readonly Option<string> Out = new("--out") { Description = "Directory for model.safetensors, model.onnx, predictions.npy, history.csv, loss.svg, mistakes.png and filters.png", HelpName = "DIR", DefaultValueFactory = _ => Path.Combine("out", "mnist") };
    private static readonly Option<bool> WritesReport = new("--report") { Description = "Write report.html too: one page with all there is to see of the run" };
    private static readonly Option<bool> Json = new("--json") { Description = "End with one line of JSON" };

    /// <summary>Reads the settings; false, with the exit code, after help was printed or a mistake was named.</summary>
    public static bool TryRead(string[] args, [NotNullWhen(true)] out Settings? settings, out int exitCode)
    {
        settings = null;
        var root = new RootCommand("Trains a network on handwritten digits: MNIST, or the embedded UCI digits.")
        {
            Data, Load, Model, Hidden, Activation, Dropout, Augment, Epochs, Steps, EarlyStopping, BatchSize, Optimizer, LearningRate, Schedule, WeightStd, Seed, Threads,
            Checkpoint, CheckpointEvery, Resume, Out, WritesReport, Json,
        };
        root.SetAction(_ => { });
        CommandLineAction run = root.Action!;
        root.Validators.Add(result =>
        {
            if (result.GetResult(Epochs) is not null && result.GetResult(Steps) is not null)
                result.AddError("--epochs and --steps exclude each other.");
            foreach (Option option in (Option[])[CheckpointEvery, Resume])
            {
                if (result.GetResult(option) is { Implicit: false } && result.GetResult(Checkpoint) is null)
                    result.AddError($"{option.Name} needs --checkpoint DIR.");
            }

            foreach (Option option in (Option[])[Model, Hidden, Activation, Dropout, WeightStd])
            {
                if (result.GetResult(Load) is not null && result.GetResult(option) is { Implicit: false })
                    result.AddError($"{option.Name} is for a new network; that of --load has layers of its own.");
            }

            if (result.GetResult(Load) is not null && result.GetResult(Epochs) is null && result.GetResult(Steps) is null)
            {
                foreach (Option option in (Option[])[Augment, EarlyStopping, BatchSize, Optimizer, LearningRate, Schedule, Checkpoint])
                {
                    if (result.GetResult(option) is { Implicit: false })
                        result.AddError($"{option.Name} is for training; to train the network of --load on, say --epochs or --steps.");
                }
            }

            // The word as it stands: to ask for the value of an option that is itself mistaken throws.
            if (result.GetResult(Model)?.Tokens is [{ Value: var name }, ..] && Models.All.Any(model => model.Name == name && model != Models.Mlp))
            {
                foreach (Option option in (Option[])[Hidden, Activation, Dropout, WeightStd])
                {
                    if (result.GetResult(option) is { Implicit: false })
                        result.AddError($"{option.Name} is for --model {Models.Mlp.Name}; {name} has layers of its own.");
                }
            }
        });

        ParseResult parsed = root.Parse(args);
        bool isMistaken = parsed.Errors.Count > 0;
        exitCode = isMistaken ? BadInput : 0;
        if (isMistaken)
            Console.Error.WriteLine(parsed.Errors[0].Message.ReplaceLineEndings(" "));
        else if (parsed.Action != run)
            parsed.Invoke();
        if (isMistaken || parsed.Action != run)
            return false;

        string? data = parsed.GetValue(Data), name = parsed.GetValue(Model);
        Model model = Models.All.SingleOrDefault(model => model.Name == name) ?? Models.Mlp;
        settings = new Settings
        {
            Data = data,
            Load = parsed.GetValue(Load),
            Trains = parsed.GetValue(Load) is null || parsed.GetValue(Epochs) is not null || parsed.GetValue(Steps) is not null,
            Model = model,
            Hidden = parsed.GetValue(Hidden)!,
            Activation = parsed.GetValue(Activation) ?? Settings.Activations[0],
            Dropout = parsed.GetValue(Dropout),
            Augments = parsed.GetValue(Augment),
            EarlyStopping = parsed.GetValue(EarlyStopping),
            Checkpoint = parsed.GetValue(Checkpoint),
            CheckpointEvery = parsed.GetValue(CheckpointEvery),
            Resumes = parsed.GetValue(Resume),
            Report = parsed.GetValue(WritesReport),
            Epochs = parsed.GetValue(Epochs) ?? (data is null ? model.Epochs : model.MnistEpochs),
            Steps = parsed.GetValue(Steps),
            BatchSize = parsed.GetValue(BatchSize) ?? 100,
            Optimizer = parsed.GetValue(Optimizer) ?? model.Optimizer,
            LearningRate = parsed.GetValue(LearningRate),
            Schedule = parsed.GetValue(Schedule) ?? (parsed.GetValue(Augment) ? "cosine" : "constant"),
            WeightStandardDeviation = parsed.GetValue(WeightStd),
            Seed = parsed.GetValue(Seed) ?? 1,
            Threads = parsed.GetValue(Threads),
            Out = parsed.GetValue(Out)!,
            Json = parsed.GetValue(Json),
        };
        return true;
    }

    private static Option<TNumber?> AtLeastOne<TNumber>(string name, string description)
        where TNumber : struct, INumber<TNumber> => Number<TNumber>(name, description, value => value >= TNumber.One, "a whole number of at least 1");

    private static Option<double?> Positive(string name, string description) =>
        Number<double>(name, description, value => value > 0 && double.IsFinite(value), "a number greater than 0");

    private static Option<TNumber?> Number<TNumber>(string name, string description, Func<TNumber, bool> holds, string expected)
        where TNumber : struct, INumber<TNumber> => new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = argument =>
            {
                // No thousands separators: 0,1 is a mistake, and not 1.
                string text = argument.Tokens[0].Value;
                if (TNumber.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out TNumber value) && holds(value))
                    return value;
                argument.AddError($"{name} expects {expected}; got '{text}'.");
                return null;
            },
        };

    private static string Line(Model model) =>
        $"{Environment.NewLine}{model.Name}: {model.Summary}; {model.Optimizer}, {model.Epochs} epochs, {model.MnistEpochs} with --data";

    private static Option<string?> OneOf(string name, string description, IReadOnlyList<string> choices) => new(name)
    {
        Description = description,
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
