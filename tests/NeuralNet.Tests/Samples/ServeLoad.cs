using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace NeuralNet.Tests.Samples;

/// <summary>Clients that ask a server for predictions as fast as it answers, and check each of them.</summary>
internal sealed class ServeLoad(ServedDigits digits)
{
    private const int Clients = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly ConcurrentBag<double> milliseconds = [];
    private readonly int[] answers = new int[Clients];
    private readonly int[] failures = new int[Clients];

    /// <summary>How many right answers each client got.</summary>
    public IReadOnlyList<int> Answers => answers;

    /// <summary>How many requests of each client were not answered at all.</summary>
    public IReadOnlyList<int> Failures => failures;

    /// <summary>How long an answer took, in milliseconds, for the given share of them.</summary>
    public double Quantile(double share) => milliseconds.Order().ElementAt((int)(share * (milliseconds.Count - 1)));

    /// <summary>Runs until it is cancelled; a wrong answer ends it for all clients and fails, as does the end of its patience. Who gets no answer asks again if <paramref name="retries"/>.</summary>
    public async Task Run(Uri address, bool retries, CancellationToken end)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(end);
        stop.CancelAfter(Patience);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => AskOrStop(client), CancellationToken.None)));
        if (!end.IsCancellationRequested)
            throw new TimeoutException($"The clients expect to be stopped within {Patience}.");

        async Task AskOrStop(int client)
        {
            try
            {
                await Ask(client, address, retries, stop.Token);
            }
            catch
            {
                await stop.CancelAsync();
                throw;
            }
        }
    }

    private async Task Ask(int client, Uri address, bool retries, CancellationToken end)
    {
        using var http = new HttpClient { BaseAddress = address };
        var random = new CounterRandom((ulong)client);
        while (!end.IsCancellationRequested)
        {
            // Mostly one sample, sometimes some.
            int count = random.Next(4) == 0 ? 1 + random.Next(16) : 1, first = random.Next(digits.Samples.Length - count);
            long start = Stopwatch.GetTimestamp();
            try
            {
                using HttpResponseMessage response = await http.PostAsync("/predict", ServeProcess.Json(new { samples = digits.Samples[first..(first + count)] }), CancellationToken.None);
                string text = await response.Content.ReadAsStringAsync(CancellationToken.None);
                response.IsSuccessStatusCode.Should().BeTrue(text);
                using var answer = JsonDocument.Parse(text);
                JsonElement predictions = answer.RootElement.GetProperty("predictions");
                if (predictions.GetArrayLength() != count || !Enumerable.Range(0, count).All(i => digits.IsRight(first + i, predictions[i])))
                    throw new InvalidDataException($"Samples {first} to {first + count - 1} got {text}");
            }
            catch (Exception e) when (retries && e is HttpRequestException or IOException)
            {
                failures[client]++;
                await Task.Delay(10, CancellationToken.None);
                continue;
            }

            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            answers[client]++;
        }
    }
}
