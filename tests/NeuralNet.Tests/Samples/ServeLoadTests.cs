using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Xunit.Abstractions;

namespace NeuralNet.Tests.Samples;

/// <summary>Many at once, kills, garbage and stops: every answer that comes is right.</summary>
[Collection(ServedDigits.Name)]
public class ServeLoadTests(ServedDigits digits, ITestOutputHelper output)
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("NEURALNET_LONG") == "1" ? 30 : 3);

    // What is reused, replicas and buffers for as many requests as ever ran at once, is there after the first third.
    [Fact]
    public async Task Eight_clients_get_the_batchs_bits_and_the_memory_stays_flat()
    {
        const int MostGrowth = 8 << 20;
        await using ServeProcess server = await ServeProcess.Start(digits.Model);
        var load = new ServeLoad(digits);
        using var end = new CancellationTokenSource(Duration);
        Task run = load.Run(server.Address, retries: false, end.Token);
        var heaps = new List<long>();
        do
        {
            heaps.Add((await server.Get("/health")).GetProperty("heapBytes").GetInt64());
            await Task.WhenAny(run, Task.Delay(Duration / 300));
        }
        while (!run.IsCompleted);

        await run;

        // The smallest of many is the heap after a collection: what is kept.
        int third = Math.Max(1, heaps.Count / 3);
        long before = heaps[..third].Min(), after = heaps[^third..].Min();
        output.WriteLine($"{load.Answers.Sum()} answers in {Duration.TotalSeconds} s, p50 {load.Quantile(0.5):F2} ms, p99 {load.Quantile(0.99):F2} ms; heap {before / 1e6:F1} MB in the first third, {after / 1e6:F1} MB in the last, of {heaps.Count} looks");
        load.Answers.Should().OnlyContain(answers => answers > 0);
        (after - before).Should().BeLessThan(MostGrowth);
    }

    [Fact]
    public async Task Killed_under_load_and_started_again_it_goes_on_with_right_answers()
    {
        ServeProcess server = await ServeProcess.Start(digits.Model);
        Uri address = server.Address;
        var load = new ServeLoad(digits);
        using var end = new CancellationTokenSource();
        Task run = load.Run(address, retries: true, end.Token);
        try
        {
            for (int kill = 0; kill < 3; kill++)
            {
                await AllGoOn();
                server.Kill();
                await server.DisposeAsync();
                server = await ServeProcess.Start(digits.Model, address);
            }

            await AllGoOn();
        }
        finally
        {
            await end.CancelAsync();
            await run;
            await server.DisposeAsync();
        }

        load.Failures.Sum().Should().BePositive("it was killed while it answered");

        async Task AllGoOn()
        {
            int[] answers = [.. load.Answers];
            while (!run.IsCompleted && load.Answers.Zip(answers, (now, then) => now - then).Any(more => more < 20))
                await Task.Delay(10);
        }
    }

    [Fact]
    public async Task Garbage_is_refused_and_what_is_right_is_still_answered()
    {
        var random = new CounterRandom(7);
        byte[] good = JsonSerializer.SerializeToUtf8Bytes(new { samples = digits.Samples[..2] });
        var statuses = new Dictionary<HttpStatusCode, int>();
        for (int i = 0; i < 400; i++)
        {
            using var content = new ByteArrayContent(Garbage(good, random)) { Headers = { ContentType = new("application/json") } };
            using HttpResponseMessage response = await digits.Server.Client.PostAsync("/predict", content);
            statuses[response.StatusCode] = statuses.GetValueOrDefault(response.StatusCode) + 1;
            if (response.StatusCode == HttpStatusCode.BadRequest)
                JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString().Should().NotBeEmpty();
        }

        // A mutation within a number gives another number.
        statuses.Keys.Should().BeSubsetOf([HttpStatusCode.OK, HttpStatusCode.BadRequest]);
        statuses[HttpStatusCode.BadRequest].Should().BeGreaterThan(200);
        await ShouldBeWell();
    }

    [Fact]
    public async Task Requests_that_are_cut_off_or_no_HTTP_do_no_harm()
    {
        var random = new CounterRandom(8);
        for (int i = 0; i < 100; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(digits.Server.Address.Host, digits.Server.Address.Port);
            await using NetworkStream stream = client.GetStream();
            var noise = new byte[random.Next(2000)];
            random.NextBytes(noise);
            if (i % 2 == 0)
                await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{\"samples\": [["));
            await stream.WriteAsync(noise);
        }

        await ShouldBeWell();
    }

    [Fact]
    public async Task Told_to_stop_it_ends_what_is_running_and_then_ends_well()
    {
        if (OperatingSystem.IsWindows())
            return;

        using var slow = new SlowNetwork();
        await using ServeProcess server = await slow.Serve(timeout: "600");
        Task<JsonElement> answer = server.Predict(slow.Samples);
        while (!answer.IsCompleted && (await server.Get("/health")).GetProperty("predicting").GetInt32() == 0)
            await Task.Delay(5);

        await server.Terminate();
        bool wasRunning = !answer.IsCompleted;
        JsonElement predictions = await answer;

        wasRunning.Should().BeTrue("the request takes long enough to be running when the server is told to stop");
        predictions.EnumerateArray().Select(ServeProcess.Probabilities).Should().BeEquivalentTo(slow.Expected, options => options.WithStrictOrdering());
        (await server.End()).Should().Be(0);
        (await server.Error).Should().BeEmpty();
        await server.Invoking(it => it.Client.GetAsync("/health")).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_ended_in_words()
    {
        using var slow = new SlowNetwork();
        await using ServeProcess server = await slow.Serve(timeout: "1");

        using HttpResponseMessage response = await server.Client.PostAsync("/predict", ServeProcess.Json(new { samples = slow.Samples.Concat(slow.Samples) }));

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString()
            .Should().Be("The request expects an answer within 1 seconds, and took longer: send fewer samples.");
        (await server.Predict(slow.Samples[..1])).GetArrayLength().Should().Be(1);
    }

    [Fact]
    public async Task While_all_processors_predict_it_says_that_it_is_well()
    {
        using var slow = new SlowNetwork();
        await using ServeProcess server = await slow.Serve(timeout: "600");
        using var end = new CancellationTokenSource();
        Task<HttpResponseMessage>[] large = [.. Enumerable.Range(0, 8 * Environment.ProcessorCount).Select(_ => server.Client.PostAsync("/predict", ServeProcess.Json(new { samples = slow.Samples }), end.Token))];
        int most = 0;
        for (int healthy = 0; healthy < 20; healthy += most == Environment.ProcessorCount ? 1 : 0)
        {
            most = Math.Max(most, (await server.Get("/health")).GetProperty("predicting").GetInt32());
            await Task.WhenAny(Task.WhenAny(large), Task.Delay(20));
            large.Should().OnlyContain(request => !request.IsCompleted, "each takes longer than being well is asked for");
        }

        most.Should().Be(Environment.ProcessorCount, "more at once would help nobody");
        await end.CancelAsync();
        Func<Task> all = () => Task.WhenAll(large);
        await all.Should().ThrowAsync<OperationCanceledException>();
    }

    // Bytes at random, a good body with some of them changed, one that ends early, or one that is nested deeper than any.
    private static byte[] Garbage(byte[] good, CounterRandom random)
    {
        byte[] body = [.. good];
        switch (random.Next(5))
        {
            case 0:
                body = new byte[random.Next(3000)];
                random.NextBytes(body);
                return body;
            case 1:
                return body[..random.Next(body.Length)];
            case 2:
                return [.. Enumerable.Repeat((byte)"[{"[random.Next(2)], 1 + random.Next(100_000))];
            case 3:
                int at = random.Next(body.Length);
                return [.. body[..at], .. Encoding.UTF8.GetBytes(((string[])["NaN", "1e999", "\"\\ud800\"", "{\"\\ud800\": 1}", "-", "\0", "]", "}"])[random.Next(8)]), .. body[at..]];
            default:
                for (int change = 0; change <= random.Next(3); change++)
                    body[random.Next(body.Length)] = (byte)random.Next(256);
                return body;
        }
    }

    private async Task ShouldBeWell()
    {
        (await digits.Server.Get("/health")).GetProperty("status").GetString().Should().Be("ok");
        digits.IsRight(5, (await digits.Server.Predict([digits.Samples[5]]))[0]).Should().BeTrue();
    }
}
