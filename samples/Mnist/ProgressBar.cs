using System.Globalization;

namespace NeuralNet.Samples.Mnist;

/// <summary>A line that fills up while an epoch runs; where output goes to a file, only its final state is written.</summary>
internal sealed class ProgressBar : IProgress<TrainingProgress>, IDisposable
{
    private const int Cells = 20;
    private const long MillisecondsBetweenDrawings = 50;

    private long lastDrawing;
    private bool isLineOpen;

    public void Report(TrainingProgress value)
    {
        if (value.Ended is { } epoch)
        {
            string heldOut = string.Create(CultureInfo.InvariantCulture, $"held-out loss {epoch.ValidationLoss:0.0000}, accuracy {epoch.Metrics[0]:0.00%}");
            Console.WriteLine($"{(Console.IsOutputRedirected ? string.Empty : "\r")}{Line(value)} loss {epoch.TrainingLoss:0.0000}   {heldOut}");
            isLineOpen = false;
        }
        else if (!Console.IsOutputRedirected && Environment.TickCount64 - lastDrawing >= MillisecondsBetweenDrawings)
        {
            lastDrawing = Environment.TickCount64;
            Console.Write($"\r{Line(value)} loss {value.Loss,-10:0.0000}");
            isLineOpen = true;
        }
    }

    /// <summary>Leaves the line when training ended within an epoch.</summary>
    public void Dispose()
    {
        if (isLineOpen)
            Console.WriteLine();
    }

    private static string Line(TrainingProgress progress)
    {
        int filled = (int)((long)Cells * progress.BatchesDone / progress.Batches);
        return $"{$"epoch {progress.Epoch}/{progress.Epochs}",-12} {new string('█', filled)}{new string('░', Cells - filled)}";
    }
}
