using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeuralNet.Benchmarks;

/// <summary>
/// A process of <c>Peers/peers.py</c>, one for a library and a number of threads. Requests and answers are JSON objects, one to a line; an answer with <c>missing</c> or
/// <c>error</c> says why there is none. The worker takes the time itself.
/// </summary>
internal sealed class Worker : IDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(5);

    private readonly Process process;

    public Worker(PythonSettings python, string library, int threads, bool waitsPassively)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Peers", "peers.py");
        string count = threads.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(python.Interpreter, [script, library, count]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string variable in (string[])["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"])
            start.Environment[variable] = count;
        if (waitsPassively)
            start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";

        // The threads of OpenBLAS, too, spin after their work is done, for so many ticks, as a power of 2: 32 ms at 2.1 GHz, which a pause between two samples outlasts.
        start.Environment["OPENBLAS_THREAD_TIMEOUT"] = "26";

        // OpenBLAS does not know every processor; on one with AVX-512 it shall use those kernels.
        if (Machine.HasAvx512)
            start.Environment["OPENBLAS_CORETYPE"] = "SkylakeX";
        if (python.OpenBlas is not null)
            start.Environment["LD_LIBRARY_PATH"] = python.OpenBlas + Path.PathSeparator + Environment.GetEnvironmentVariable("LD_LIBRARY_PATH");

        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new PeerMissingException($"{python.Interpreter} does not start");
        }

        Description = Answer()["hello"]!.GetValue<string>();
    }

    public string Description { get; }

    public void Prepare(JsonObject workload) => Ask(new JsonObject { ["prepare"] = workload });

    public void Export(JsonObject network) => Ask(new JsonObject { ["export"] = network });

    public double[] Check() => [.. Ask(new JsonObject { ["check"] = true })["numbers"]!.AsArray().Select(number => number!.GetValue<double>())];

    public double Run(long iterations) => Ask(new JsonObject { ["run"] = iterations })["seconds"]!.GetValue<double>();

    public void Dispose()
    {
        // The worker ends with its input.
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
            process.Kill();
        process.Dispose();
    }

    private JsonNode Ask(JsonObject request)
    {
        try
        {
            process.StandardInput.WriteLine(request.ToJsonString());
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw new PeerMissingException("its process has ended");
        }

        return Answer();
    }

    private JsonNode Answer()
    {
        Task<string?> line = process.StandardOutput.ReadLineAsync();
        if (!line.Wait(AnswerWithin))
        {
            process.Kill();
            throw new PeerMissingException($"no answer within {AnswerWithin.TotalMinutes:0} minutes");
        }

        if (line.Result is null)
        {
            process.WaitForExit();
            throw new PeerMissingException(FormattableString.Invariant($"its process ended with exit code {process.ExitCode}"));
        }

        JsonNode answer = Parse(line.Result);
        if ((answer["missing"] ?? answer["error"]) is JsonNode reason)
            throw new PeerMissingException(reason.GetValue<string>());
        return answer;
    }

    // Python writes numbers that are none as NaN and Infinity, which JSON does not have.
    private static JsonNode Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) ?? throw new JsonException("null");
        }
        catch (JsonException)
        {
            throw new PeerMissingException($"it answered {line}");
        }
    }
}
