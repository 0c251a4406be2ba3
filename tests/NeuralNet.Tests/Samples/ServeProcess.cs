using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace NeuralNet.Tests.Samples;

/// <summary>The server of samples/Serve as a process of its own, from the line in which it says where it listens.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    /// <summary>It collects garbage after each 4 MB: then the smallest heap that it reports is what it keeps, on slow machines too.</summary>
    private const string CollectsOften = "DOTNET_GCgen0size=400000";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly Task<string> rest;
    private readonly Task<string> error;

    private ServeProcess(Process process, Uri address, Task<string> error)
    {
        (this.process, this.error, Address) = (process, error, address);
        rest = process.StandardOutput.ReadToEndAsync();
        Client = new HttpClient { BaseAddress = address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    /// <summary>What it wrote as an error; known when it has ended.</summary>
    public Task<string> Error => error;

    /// <summary>Starts it on a free port, or at the address of an earlier one.</summary>
    public static async Task<ServeProcess> Start(string model, Uri? address = null, params string[] arguments)
    {
        Process process = SampleProcess.StartSample(CollectsOften, "Serve", Path.GetDirectoryName(model)!, ["--model", model, "--urls", address?.ToString() ?? "http://127.0.0.1:0", .. arguments]);
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            string? line = await process.StandardOutput.ReadLineAsync(timeout.Token);
            if (line?.Split(" at ") is not [_, var rest])
                throw new InvalidOperationException($"The server said '{line}' and {await error.WaitAsync(timeout.Token)}");
            return new ServeProcess(process, new Uri(rest.Split(';')[0]), error);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>What it answers to samples as JSON.</summary>
    public async Task<JsonElement> Predict(IEnumerable<float[]> samples)
    {
        using HttpResponseMessage response = await Client.PostAsync("/predict", Json(new { samples }));
        string text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.Should().BeTrue(text);
        return JsonDocument.Parse(text).RootElement.GetProperty("predictions");
    }

    public async Task<JsonElement> Get(string path) => JsonDocument.Parse(await Client.GetStringAsync(path)).RootElement;

    public static StringContent Json(object value) => new(JsonSerializer.Serialize(value), Encoding.UTF8, "application/json");

    /// <summary>The probabilities of an answer in the order of the classes, as the floats that the server had.</summary>
    public static float[] Probabilities(JsonElement prediction) =>
        [.. prediction.EnumerateArray().OrderBy(found => found.GetProperty("class").GetInt32()).Select(found => found.GetProperty("probability").GetSingle())];

    /// <summary>Tells it to stop, as a service's stop does.</summary>
    public Task Terminate() => SampleProcess.Signal(process, "TERM");

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> End()
    {
        using var timeout = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(timeout.Token);
        return process.ExitCode;
    }

    /// <summary>Kills it, as SIGKILL does.</summary>
    public void Kill() => process.Kill();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        await Task.WhenAll(rest, error);
        process.Dispose();
    }
}
