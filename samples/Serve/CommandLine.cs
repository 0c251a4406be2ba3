using System.CommandLine;
using System.CommandLine.Invocation;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NeuralNet.Samples.Serve;

/// <summary>Reads the options, or says in one line which of them is wrong.</summary>
internal static class CommandLine
{
    private const int BadInput = 2;
    private const string DefaultUrl = "http://127.0.0.1:5080";

    private static readonly Option<string?> Model = new("--model") { Description = "The network to serve: a file that network.Save wrote", HelpName = "FILE" };
    private static readonly Option<string> Urls = new("--urls") { Description = "Where to listen, several separated by semicolons; port 0 takes a free one", HelpName = "URL", DefaultValueFactory = _ => DefaultUrl };
    private static readonly Option<int> MaxSamples = AtLeastOne("--max-samples", "Samples in one request at most, which also limits its bytes", Settings.DefaultMaxSamples);
    private static readonly Option<int> Seconds = AtLeastOne("--timeout", "Seconds that one request may take", Settings.DefaultSeconds);

    /// <summary>Reads the settings; false, with the exit code, after help was printed or a mistake was named.</summary>
    public static bool TryRead(string[] args, [NotNullWhen(true)] out Settings? settings, out int exitCode)
    {
        settings = null;
        var root = new RootCommand("Serves a saved network over HTTP: POST /predict, GET /model, GET /health, and a page to draw digits on.") { Model, Urls, MaxSamples, Seconds };
        root.SetAction(_ => { });
        CommandLineAction run = root.Action!;

        ParseResult parsed = root.Parse(args);
        string? mistake = parsed.Errors.Count > 0 ? parsed.Errors[0].Message.ReplaceLineEndings(" ")
            : parsed.Action == run && parsed.GetValue(Model) is null ? "--model FILE is missing: the network to serve. One that knows digits: dotnet run -c Release --project samples/Mnist writes out/mnist/model.safetensors."
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
            Urls = parsed.GetValue(Urls)!.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            MaxSamples = parsed.GetValue(MaxSamples),
            Timeout = TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
        };
        return true;
    }

    private static Option<int> AtLeastOne(string name, string description, int value) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => value,
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1)
                return number;
            argument.AddError($"{name} expects a whole number of at least 1; got '{text}'.");
            return 0;
        },
    };
}
