using System.Globalization;

namespace NeuralNet;

/// <summary>A training run on one page, <c>report.html</c>: figures, curves, and what is added of settings, network, weights, activations, mistakes and diagnosis.</summary>
/// <remarks>
/// The best epoch is the one with the least finite validation loss, without validation the one with the least finite training loss; of several the first.
/// What is added is drawn or counted at once: later training does not change the report.
/// </remarks>
public sealed class TrainingReport
{
    /// <summary>Losses that fall to less than a hundredth are drawn by their logarithms.</summary>
    private const double WideRange = 100;

    private readonly string title;
    private readonly History history;
    private readonly List<(string Name, string Value)> settings = [];
    private readonly List<string> diagnosis = [];
    private readonly List<(string Name, string Value)> networkFigures = [];
    private readonly List<Action<HtmlReport>> parts = [];

    /// <summary>Creates a report of the history alone.</summary>
    /// <param name="title">The title.</param>
    /// <param name="history">The history, of any number of epochs, with or without validation.</param>
    public TrainingReport(string title, History history)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(history);
        (this.title, this.history) = (title, history);
    }

    private bool HasValidation => history.Epochs.Any(epoch => !double.IsNaN(epoch.ValidationLoss));

    private EpochRecord? Best => history.Epochs.Where(epoch => double.IsFinite(Loss(epoch))).MinBy(Loss);

    /// <summary>Adds settings of the run: model, rule, batch size, seed.</summary>
    /// <param name="settings">Names and values, in the order of the table.</param>
    /// <returns>This report.</returns>
    public TrainingReport AddSettings(IEnumerable<(string Name, string Value)> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.settings.AddRange(settings);
        return this;
    }

    /// <summary>Adds findings about the run, in words; they stand first.</summary>
    /// <param name="findings">The findings, each a paragraph; none is a finding too, and said.</param>
    /// <returns>This report.</returns>
    public TrainingReport AddDiagnosis(IEnumerable<string> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        string[] found = [.. findings];
        diagnosis.AddRange(found.Length > 0 ? found : ["Nothing to complain of."]);
        return this;
    }

    /// <summary>Adds the table of a network and the distribution of its parameters, those that do not decay (biases, normalizations) folded away.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="network">The network.</param>
    /// <returns>This report.</returns>
    public TrainingReport AddNetwork<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        networkFigures.Add(("parameters", Count(network.Parameters.Sum(parameter => (long)parameter.Shape.Size))));
        string table = network.ToString();
        Histogram weights = Distribution(network.Parameters.Where(parameter => parameter.Decays)), others = Distribution(network.Parameters.Where(parameter => !parameter.Decays));
        (bool hasWeights, bool hasOthers) = (network.Parameters.Any(parameter => parameter.Decays), network.Parameters.Any(parameter => !parameter.Decays));
        parts.Add(report =>
        {
            report.Section("Network").Preformatted(table);
            if (hasWeights || hasOthers)
                report.Section("Weights");
            if (hasWeights)
                report.Add(weights);
            if (hasOthers)
                report.Details("Biases and normalizations", folded => folded.Add(others));
        });
        return this;
    }

    /// <summary>Adds the distribution of what each layer gives for some samples, in inference mode. Layers that only pass their input on are left out.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="network">The network, which nobody trains meanwhile.</param>
    /// <param name="samples">The samples, <c>[N, in]</c>: some hundreds show what there is to see.</param>
    /// <returns>This report.</returns>
    /// <exception cref="ArgumentException">The samples do not have the network's width, or there are none.</exception>
    public TrainingReport AddActivations<T>(Network<T> network, Matrix<T> samples)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        var histogram = new Histogram(string.Empty);
        network.Observe(samples, layers => new OutputHistogram<T>(layers, histogram));
        string text = $"What each layer gives for {Count(samples.RowCount)} {(samples.RowCount == 1 ? "sample" : "samples")}, in inference mode.";
        parts.Add(report => report.Section("Activations").Text(text).Add(histogram));
        return this;
    }

    /// <summary>Adds a confusion matrix as a heat map.</summary>
    /// <param name="matrix">The matrix; counted now.</param>
    /// <param name="classNames">The name of each class; if left out the classes are numbered.</param>
    /// <returns>This report.</returns>
    /// <exception cref="ArgumentException">There is not one name for each class.</exception>
    public TrainingReport AddConfusion(ConfusionMatrix matrix, IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        Guard.ClassNames(matrix.Classes, classNames?.Count);
        string[] names = [.. classNames ?? [.. Enumerable.Range(0, matrix.Classes).Select(Guard.Number)]];
        bool hasNone = Enumerable.Range(0, matrix.Classes).Any(actual => matrix[actual, -1] > 0);
        var counts = new long[matrix.Classes, matrix.Classes + (hasNone ? 1 : 0)];
        for (int actual = 0; actual < counts.GetLength(0); actual++)
        {
            for (int predicted = 0; predicted < counts.GetLength(1); predicted++)
                counts[actual, predicted] = matrix[actual, predicted < matrix.Classes ? predicted : -1];
        }

        var map = new HeatMap(string.Empty, "actual", "predicted", names, [.. names, .. hasNone ? ["none"] : Array.Empty<string>()], counts) { DiagonalApart = true };
        string text = matrix.Count == 0
            ? "There are no samples."
            : $"{Count(matrix.Correct)} of {Count(matrix.Count)} samples are right, {Percent(matrix.Accuracy)}. At the right of each row is the share of its samples that were found, the recall.";
        parts.Add(report => report.Section("Confusion matrix").Text(text).Add(map));
        return this;
    }

    /// <summary>Adds images: the first layer's filters, the worst mistakes.</summary>
    /// <param name="heading">What they are.</param>
    /// <param name="images">The images, at least one; drawn now.</param>
    /// <returns>This report.</returns>
    /// <exception cref="InvalidOperationException">There is no image.</exception>
    public TrainingReport AddImages(string heading, ImageGrid images)
    {
        ArgumentNullException.ThrowIfNull(heading);
        ArgumentNullException.ThrowIfNull(images);
        byte[] png = images.ToPng();
        parts.Add(report => report.Section(heading).Png(png, string.Empty));
        return this;
    }

    /// <summary>The report.</summary>
    /// <returns>A complete HTML 5 document that needs nothing from outside; write it to a file in UTF-8.</returns>
    public string ToHtml()
    {
        HtmlReport report = new HtmlReport(title).Figures([.. HistoryFigures(), .. networkFigures]);
        if (diagnosis.Count > 0)
            report.Section("Diagnosis");
        foreach (string finding in diagnosis)
            report.Text(finding);
        if (settings.Count > 0)
            report.Section("Settings").Table(settings);
        AddCurves(report.Section("Curves"));
        foreach (Action<HtmlReport> part in parts)
            part(report);
        return report.ToHtml();
    }

    private static Histogram Distribution<T>(IEnumerable<Parameter<T>> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var histogram = new Histogram(string.Empty);
        foreach (Parameter<T> parameter in parameters)
            histogram.AddValues<T>(parameter.ToString(), parameter.Value.Values());
        return histogram;
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.00} %");

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    // A share is written as one where the metric's name says that it is.
    private static string Metric(string name, double value) =>
        double.IsFinite(value) && name.Contains("accuracy", StringComparison.OrdinalIgnoreCase) ? Percent(value) : Number(value);

    private static string Duration(double seconds) => seconds switch
    {
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 60} min {(int)seconds % 60} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)(seconds / 3600)} h {(long)(seconds / 60) % 60} min"),
    };

    private double Loss(EpochRecord epoch) => HasValidation ? epoch.ValidationLoss : epoch.TrainingLoss;

    private IEnumerable<(string Name, string Value)> HistoryFigures()
    {
        if (history.Epochs.Count == 0)
        {
            yield return ("epochs", "0");
            yield break;
        }

        EpochRecord last = history.Epochs[^1];
        yield return Best is { } best ? ("best epoch", $"{Count(best.Epoch)} of {Count(last.Epoch)}") : ("epochs", Count(last.Epoch));
        yield return ("steps", Count(last.Step));
        yield return ("time", Duration(last.Seconds));
        yield return ("training loss, last", Number(last.TrainingLoss));
        if (!HasValidation)
            yield break;
        if (Best is { } least)
            yield return ("validation loss, best", Number(least.ValidationLoss));
        yield return ("validation loss, last", Number(last.ValidationLoss));
        foreach ((string name, double value) in history.MetricNames.Zip(last.Metrics))
            yield return ($"{name}, last", Metric(name, value));
    }

    private void AddCurves(HtmlReport report)
    {
        if (history.Epochs.Count == 0)
        {
            report.Text("No epoch was run.");
            return;
        }

        double[] epochs = [.. history.Epochs.Select(epoch => (double)epoch.Epoch)];
        double[] losses = [.. history.Epochs.SelectMany(epoch => (double[])[epoch.TrainingLoss, epoch.ValidationLoss]).Where(double.IsFinite)];
        bool isWide = losses.Length > 0 && losses.Min() > 0 && losses.Max() > WideRange * losses.Min();
        LineChart loss = Curve("Loss", isWide ? "loss (log)" : "loss", isWide).Add("training", epochs, Values(epoch => epoch.TrainingLoss));
        if (HasValidation)
            loss.Add("validation", epochs, Values(epoch => epoch.ValidationLoss));
        if (Best is { } best)
            loss.Mark($"best: {Number(Loss(best))} at epoch {Guard.Number(best.Epoch)}", best.Epoch, Loss(best));
        report.Add(loss);

        foreach ((int index, string name) in history.MetricNames.Index())
        {
            LineChart metric = Curve($"Validation {name}", name).Add(string.Empty, epochs, Values(epoch => epoch.Metrics[index]));
            if (Best is { } at && double.IsFinite(at.Metrics[index]))
                metric.Mark($"{Metric(name, at.Metrics[index])} at the best epoch", at.Epoch, at.Metrics[index]);
            report.Add(metric);
        }

        report.Add(Curve("Learning rate", "learning rate").Add(string.Empty, epochs, Values(epoch => epoch.LearningRate)));
        report.Add(Curve("Gradient norm", "norm (log)", logarithmic: true).Add(string.Empty, epochs, Values(epoch => epoch.GradientNorm)));
        report.Details("All epochs", folded => folded.Table(
            ["epoch", "step", "training loss", "validation loss", .. history.MetricNames, "learning rate", "gradient norm", "time"],
            history.Epochs.Select(Row)));
    }

    private IReadOnlyList<string> Row(EpochRecord epoch) =>
    [
        Guard.Number(epoch.Epoch), Count(epoch.Step), Number(epoch.TrainingLoss), Number(epoch.ValidationLoss),
        .. history.MetricNames.Zip(epoch.Metrics, Metric), Number(epoch.LearningRate), Number(epoch.GradientNorm), Duration(epoch.Seconds),
    ];

    private static LineChart Curve(string title, string label, bool logarithmic = false) => new(title, "epoch", label) { Width = 400, Height = 220, LogarithmicY = logarithmic };

    private double[] Values(Func<EpochRecord, double> value) => [.. history.Epochs.Select(value)];
}
