namespace NeuralNet.Samples.Mnist;

/// <summary>A line that fills up while an epoch runs; where output goes to a file, only its final state is written.</summary>
internal sealed class ProgressBar(string title, long total) : IDisposable
{
    private const int Cells = 20;
    private const long MillisecondsBetweenDrawings = 50;

    private long done;
    private long lastDrawing;
    private bool finished;

    public void Advance(double loss)
    {
        done++;
        if (Console.IsOutputRedirected || Environment.TickCount64 - lastDrawing < MillisecondsBetweenDrawings)
            return;
        lastDrawing = Environment.TickCount64;
        Console.Write($"\r{Line} loss {loss,-10:0.0000}");
    }

    public void Finish(string text)
    {
        finished = true;
        Console.WriteLine($"{(Console.IsOutputRedirected ? string.Empty : "\r")}{Line} {text}");
    }

    /// <summary>Leaves the line when the epoch ended in an error.</summary>
    public void Dispose()
    {
        if (!finished && !Console.IsOutputRedirected)
            Console.WriteLine();
    }

    private string Line
    {
        get
        {
            int filled = (int)(Cells * done / total);
            return $"{title,-12} {new string('█', filled)}{new string('░', Cells - filled)}";
        }
    }
}
