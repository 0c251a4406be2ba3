using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace NeuralNet.Tests.Samples;

/// <summary>A sample, or some of the tests, that ran to the end as a process of its own, and what it wrote.</summary>
internal sealed record SampleProcess(int ExitCode, string Output, string Error)
{
    /// <summary>The file in which <see cref="RunTests"/> leaves its results.</summary>
    public const string TestResults = "results.trx";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs a sample of the solution, or its benchmarks, whose assembly lies beside the tests, in a directory for the files it writes.</summary>
    public static Task<SampleProcess> Run(string sample, string workingDirectory, params string[] arguments) => RunWith(null, sample, workingDirectory, arguments);

    /// <summary>Runs it with an environment variable set, <c>NAME=value</c>.</summary>
    public static async Task<SampleProcess> RunWith(string? variable, string sample, string workingDirectory, params string[] arguments)
    {
        using Process process = Start(variable, workingDirectory, [Beside(sample), .. arguments]);
        return await End(process, string.Empty);
    }

    /// <summary>Runs the tests that a filter lets through, with an environment variable set, <c>NAME=value</c>.</summary>
    public static async Task<SampleProcess> RunTests(string variable, string filter, string workingDirectory)
    {
        string assembly = Beside(typeof(SampleProcess).Assembly.GetName().Name!);
        using Process process = Start(variable, workingDirectory, ["vstest", assembly, $"--TestCaseFilter:{filter}", $"--logger:trx;LogFileName={TestResults}", $"--ResultsDirectory:{workingDirectory}"]);
        return await End(process, string.Empty);
    }

    /// <summary>Runs it until its output contains a text, and then interrupts it as Ctrl-C does.</summary>
    public static async Task<SampleProcess> RunInterrupted(string sample, string workingDirectory, string after, params string[] arguments)
    {
        using Process process = Start(null, workingDirectory, [Beside(sample), .. arguments]);
        var seen = new StringBuilder();
        while (!seen.ToString().Contains(after, StringComparison.Ordinal) && await process.StandardOutput.ReadLineAsync() is { } line)
            seen.AppendLine(line);
        await Signal(process, "INT");
        return await End(process, seen.ToString());
    }

    /// <summary>Runs it and kills it after a while, as SIGKILL does: without a chance to tidy up.</summary>
    /// <returns>What it wrote if it had ended by then, else <see langword="null"/>.</returns>
    public static async Task<SampleProcess?> RunKilled(string sample, string workingDirectory, TimeSpan after, params string[] arguments)
    {
        using Process process = Start(null, workingDirectory, [Beside(sample), .. arguments]);
        Task<SampleProcess> end = End(process, string.Empty);
        if (await Task.WhenAny(end, Task.Delay(after)) == end)
            return await end;
        process.Kill();
        SampleProcess killed = await end;
        return killed.ExitCode == 0 ? killed : null;
    }

    /// <summary>Starts a sample that runs until it is told to stop, with an environment variable set, <c>NAME=value</c>; for its caller to read, stop and dispose.</summary>
    public static Process StartSample(string variable, string sample, string workingDirectory, params string[] arguments) => Start(variable, workingDirectory, [Beside(sample), .. arguments]);

    /// <summary>Sends a signal, <c>INT</c> as Ctrl-C does or <c>TERM</c> as a service's stop does; there are none on Windows.</summary>
    public static async Task Signal(Process process, string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static string Beside(string assembly) => Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll");

    private static Process Start(string? variable, string workingDirectory, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (variable?.Split('=') is [var name, var value])
            start.Environment[name] = value;
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static async Task<SampleProcess> End(Process process, string seen)
    {
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            // Both are read at once: a sample that waits for a full pipe never ends.
            Task<string> output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return new SampleProcess(process.ExitCode, seen + await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
