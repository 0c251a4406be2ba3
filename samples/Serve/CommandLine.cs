using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NeuralNet.Samples.Serve;

/// <summary>Reads the options, or says in one line which of them is wrong.</summary>
internal static class CommandLine
{
    private const int BadInput = 2;
    private const int MostSeconds = 86_400;
    private const string DefaultUrl = "http://127.0.0.1:5080";
    private const string Softmax = "softmax";

    private static readonly Option<string?> Model = new("--model") { Description = "The network to serve: ONNX if the name ends in .onnx, else safetensors as network.Save writes it", HelpName = "FILE" };
    private static readonly Option<string?> Head = new("--head")
    {
        Description = "What to put behind an ONNX network that ends in scores of classes: softmax, which makes them probabilities",
        HelpName = Softmax,
        CustomParser = argument => Check(argument, argument.Tokens[0].Value == Softmax, Softmax) ? Softmax : null,
    };

    private static readonly Option<string[]> Urls = new("--urls")
    {
        Description = "Where to listen, several separated by semicolons; port 0 takes a free one",
        HelpName = "URL",
        DefaultValueFactory = _ => [DefaultUrl],
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = argument =>
        {
            string[] urls = argument.Tokens[0].Value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            Check(argument, urls.Length > 0 && Array.TrueForAll(urls, ListenUrl.IsValid), ListenUrl.Wanted);
            return urls;
        },
    };

    private static readonly Option<int> MaxSamples = WholeNumber("--max-samples", "Samples in one request at most, which also limits its bytes, to 64 MB at most", Settings.DefaultMaxSamples, int.MaxValue);
    private static readonly Option<int> Seconds = WholeNumber("--timeout", "Seconds that one request may take", Settings.DefaultSeconds, MostSeconds);

    /// <summary>Reads the settings; false, with the exit code, after help was printed or a mistake was named.</summary>
    public static bool TryRead(string[] args, [NotNullWhen(true)] out Settings? settings, out int exitCode)
    {
        settings = null;
        var root = new RootCommand("Serves a saved network over HTTP: POST /predict, GET /model, GET /health, and a page to draw digits on.") { Model, Head, Urls, MaxSamples, Seconds };
        root.SetAction(_ => { });
        CommandLineAction run = root.Action!;

        ParseResult parsed = root.Parse(args);
        string? mistake = parsed.Errors.Count > 0 ? parsed.Errors[0].Message.ReplaceLineEndings(" ")
            : parsed.Action == run && string.IsNullOrWhiteSpace(parsed.GetValue(Model)) ? "--model FILE is missing: the network to serve. One that knows digits: dotnet run -c Release --project samples/Mnist writes out/mnist/model.safetensors."
            : null;
        exitCode = mistake is null ? 0 : BadInput;
        if (mistake is not null)
            Console.Error.WriteLine(mistake);
        else if (parsed.Action != run)
            parsed.Invoke();
        if (mistake is not null || parsed.Action != run)
            return false;

        settings = new Settings
        {
            Model = parsed.GetValue(Model)!,
            SoftmaxHead = parsed.GetValue(Head) is not null,
            Urls = parsed.GetValue(Urls)!,
            MaxSamples = parsed.GetValue(MaxSamples),
            Timeout = TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
        };
        return true;
    }

    private static Option<int> WholeNumber(string name, string description, int value, int most) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => value,
        CustomParser = argument =>
        {
            bool isRight = int.TryParse(argument.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= most;
            Check(argument, isRight, $"a whole number from 1 to {most}");
            return number;
        },
    };

    private static bool Check(ArgumentResult argument, bool isRight, string wanted)
    {
        if (!isRight)
            argument.AddError($"{((OptionResult)argument.Parent!).Option.Name} expects {wanted}; got '{argument.Tokens[0].Value}'.");
        return isRight;
    }
}
