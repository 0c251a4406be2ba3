using System.Runtime.InteropServices;
using System.Text;
using NeuralNet;
using NeuralNet.Samples.Mnist;

const int Success = 0, Failure = 1, BadInput = 2;

Console.OutputEncoding = Encoding.UTF8;
if (!CommandLine.TryRead(args, out Settings? settings, out int exitCode))
    return exitCode;

using var stop = new CancellationTokenSource();
using var interrupt = StopOn(PosixSignal.SIGINT, stop);
using var terminate = StopOn(PosixSignal.SIGTERM, stop);
try
{
    Digits digits = settings.Data is null ? Digits.Embedded() : Digits.FromMnist(settings.Data);
    if (settings.EarlyStopping is not null)
        digits = digits.WithValidation(settings.Seed);
    CreateOut(settings.Out);

    Network<float> network = settings.BuildNetwork(digits);
    Console.WriteLine(digits);
    Console.WriteLine();
    Console.WriteLine(network);
    Console.WriteLine();

    var run = new TrainingRun(settings, digits, network);
    if (settings.Trains)
        run.Train(stop.Token);

    var test = new TestResult(network, digits.Test);
    Report.Print(settings, digits, run, test);
    Report.Save(settings, digits, run, test);
    if (settings.Json)
        Console.WriteLine(Report.Json(settings, digits, run, test));
    return Success;
}
catch (Exception e) when (IsAboutInput(e))
{
    return Fail(e, BadInput);
}
catch (NotFiniteNumberException e)
{
    return Fail(e, Failure);
}

static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stop) => PosixSignalRegistration.Create(signal, context =>
{
    context.Cancel = true;
    stop.Cancel();
});

// Before the training, so that an hour's work does not end in a directory that cannot be written.
static void CreateOut(string directory)
{
    try
    {
        Directory.CreateDirectory(directory);
        string probe = Path.Combine(directory, ".probe");
        File.WriteAllBytes(probe, []);
        File.Delete(probe);
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        throw new IOException($"--out {directory}: the directory cannot be written: {e.Message}", e);
    }
}

static bool IsAboutInput(Exception e) =>
    e is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or InvalidOperationException or NotSupportedException;

static int Fail(Exception e, int exitCode)
{
    Console.Error.WriteLine(e.Message.ReplaceLineEndings(" "));
    return exitCode;
}
