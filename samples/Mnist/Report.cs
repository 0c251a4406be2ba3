using System.Globalization;
using System.Text;
using System.Text.Json;
using NeuralNet.Onnx;

namespace NeuralNet.Samples.Mnist;

/// <summary>What a person, a spreadsheet and a program read of a run.</summary>
internal static class Report
{
    public static void Print(Settings settings, Digits digits, TrainingRun run, TestResult test)
    {
        if (settings.Trains)
            Console.WriteLine();
        if (run.EndText is { } end)
            Console.WriteLine(end);
        if (settings.Trains)
            Console.WriteLine($"Trained {run.Steps} steps in {run.Seconds:0.00} s ({run.SamplesPerSecond:N0} samples a second).");
        Console.WriteLine($"Held-out accuracy {test.Confusion.Accuracy:0.00%}");
        Console.WriteLine();
        Console.WriteLine(test.Confusion);
        if (test.WorstMistakes.Count > 0)
        {
            Console.WriteLine();
            Console.WriteLine("The mistakes it was surest of:");
            Console.WriteLine(TerminalImages.Draw(test.WorstMistakes, digits.Height, digits.Width));
        }
    }

    public static void Save(Settings settings, Digits digits, TrainingRun run, TestResult test)
    {
        string directory = settings.Out;
        ImageGrid? mistakes = MistakeImages(digits, test.WorstMistakes), filters = FilterImages(run.Network.Layers[0]);
        string?[] written =
        [
            .. settings.Trains ? SaveTraining(directory, digits, run) : [],
            Write(directory, "predictions.npy", Predictions(test)),
            Write(directory, "mistakes.png", mistakes?.ToPng()),
            Write(directory, "filters.png", filters?.ToPng()),
            settings.Trains || settings.Report ? Write(directory, "report.html", settings.Report ? Encoding.UTF8.GetBytes(Html(settings, digits, run, test, mistakes, filters)) : null) : null,
        ];
        Console.WriteLine();
        Console.WriteLine($"Wrote {string.Join(", ", written.Where(name => name is not null))} to {Path.GetFullPath(directory)}");
    }

    // What an evaluation of a network would not make anew, and leaves as it is.
    private static string[] SaveTraining(string directory, Digits digits, TrainingRun run)
    {
        if (run.Network.ClassNames.Count == 0)
            run.Network.ClassNames = [.. Enumerable.Range(0, Digits.Classes).Select(digit => digit.ToString(CultureInfo.InvariantCulture))];
        run.Network.Save(Path.Combine(directory, "model.safetensors"));
        run.Network.SaveOnnx(Path.Combine(directory, "model.onnx"));
        File.WriteAllText(Path.Combine(directory, "history.csv"), run.History.ToCsv());
        File.WriteAllText(Path.Combine(directory, "loss.svg"), LossChart(digits, run.History.Epochs));
        return ["model.safetensors", "model.onnx", "history.csv", "loss.svg"];
    }

    public static string Json(Settings settings, Digits digits, TrainingRun run, TestResult test)
    {
        Evaluation train = run.Network.Evaluate(digits.Train);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("model", settings.NetworkName(digits));
            json.WriteNumber("trainSamples", digits.Train.Count);
            json.WriteNumber("testSamples", digits.Test.Count);
            json.WriteNumber("epochs", run.History.Epochs.Count);
            json.WriteNumber("steps", run.Network.StepNumber);
            json.WriteNumber("seed", settings.Seed);
            json.WriteNumber("trainAccuracy", train.Accuracy);
            json.WriteNumber("testAccuracy", test.Confusion.Accuracy);
            WriteNumber(json, "testLoss", run.Network.Evaluate(digits.Test).Loss);
            json.WriteNumber("seconds", run.Seconds);
            json.WriteNumber("samplesPerSecond", run.SamplesPerSecond);
            json.WriteString("weightsSha256", run.Network.WeightsSha256());
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    // JSON knows no infinity and no NaN: a loss that came to that is null.
    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }

    private static byte[] Predictions(TestResult test)
    {
        using var bytes = new MemoryStream();
        Npy.Write<float>(bytes, [test.Probabilities.RowCount, Digits.Classes], test.Probabilities.ToRowMajorArray());
        return bytes.ToArray();
    }

    private static string LossChart(Digits digits, IReadOnlyList<EpochRecord> epochs)
    {
        double[] numbers = [.. epochs.Select(epoch => (double)epoch.Epoch)];
        return new LineChart($"{digits.Name}: loss", "epoch", "loss (nats)")
            .Add("training", numbers, [.. epochs.Select(epoch => epoch.TrainingLoss)])
            .Add("held out", numbers, [.. epochs.Select(epoch => epoch.ValidationLoss)])
            .ToSvg();
    }

    /// <summary>Writes a file if there is something to write; if not, one of an earlier run goes.</summary>
    private static string? Write(string directory, string name, byte[]? bytes)
    {
        string path = Path.Combine(directory, name);
        File.Delete(path);
        if (bytes is null)
            return null;
        File.WriteAllBytes(path, bytes);
        return name;
    }

    /// <summary>One page with all there is to see.</summary>
    private static string Html(Settings settings, Digits digits, TrainingRun run, TestResult test, ImageGrid? mistakes, ImageGrid? filters)
    {
        const int ActivationSamples = 200;
        var samples = new Batches<float>(digits.Test, ActivationSamples).InOrder();
        samples.MoveNext();
        TrainingReport report = new TrainingReport($"{digits.Name}: {settings.NetworkName(digits)}", run.History)
            .AddSettings(settings.Described)
            .AddDiagnosis(run.Network.Diagnose(digits.Train).Findings.Select(finding => finding.ToString()))
            .AddNetwork(run.Network)
            .AddActivations(run.Network, samples.Current.Features)
            .AddConfusion(test.Confusion);
        if (filters is not null)
            report.AddImages("First filters", filters);
        if (mistakes is not null)
            report.AddImages("The mistakes it was surest of", mistakes);
        return report.ToHtml();
    }

    private static ImageGrid? MistakeImages(Digits digits, IReadOnlyList<Mistake> mistakes)
    {
        if (mistakes.Count == 0)
            return null;
        var grid = new ImageGrid(digits.Height, digits.Width) { Columns = 5 };
        foreach (Mistake mistake in mistakes)
            grid.Add(mistake.Pixels, mistake.ToString());
        return grid;
    }

    /// <summary>What the filters of a convolution of grey images look for, each in its own contrast: white is its strongest weight, grey is 0, black the same below 0.</summary>
    private static ImageGrid? FilterImages(ILayer<float> layer)
    {
        if (layer is not Convolution<float> convolution)
            return null;

        Parameter<float> weight = convolution.Weight;
        var grid = new ImageGrid(weight.Shape[2], weight.Shape[3]);
        foreach (float[] filter in weight.Value.ToColumnArrays())
        {
            float strongest = filter.Max(Math.Abs);

            // A filter of zeros, and weights that a last step ruined, are grey.
            grid.Add(filter.Select(w => float.IsFinite(w / strongest) ? (1 + (w / strongest)) / 2 : 0.5f).ToArray());
        }

        return grid;
    }
}
