using System.Diagnostics;
using System.Text.Json;

namespace NeuralNet.Tests.Samples;

/// <summary>A process that is killed at any instant and started again ends where an undisturbed one ends.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 20;

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Dropout, a rule with memory, a best epoch, augmentation: whatever a run remembers. A checkpoint each three steps, so that many kills meet one that is being written.
    [Fact]
    public async Task A_run_killed_at_twenty_random_instants_ends_in_the_same_weights_and_history()
    {
        string[] run = ["--hidden", "60,40", "--dropout", "0.2", "--optimizer", "adam", "--augment", "--early-stopping", "50", "--epochs", "40", "--checkpoint-every", "3", "--resume", "--json"];
        SampleProcess undisturbed = await SampleProcess.Run("Mnist", folder.FullName, [.. run, "--checkpoint", "whole", "--out", "whole-out"]);
        var clock = Stopwatch.StartNew();
        await SampleProcess.Run("Mnist", folder.FullName, [.. run, "--checkpoint", "whole", "--out", "whole-out"]);
        TimeSpan start = clock.Elapsed;
        string expected = Hash(undisturbed), history = History("whole-out");

        var random = new CounterRandom(20);
        int kills = 0;
        for (int runs = 0; kills < Kills; runs++)
        {
            string checkpoints = $"checkpoints{runs}";
            string[] again = [.. run, "--checkpoint", checkpoints, "--out", $"out{runs}"];
            SampleProcess? ended;
            do
            {
                // From the process' first moments to well within the training; starting takes as long as the run that had nothing left to do.
                ended = await SampleProcess.RunKilled("Mnist", folder.FullName, start * random.NextDouble() * 2, again);
                kills += ended is null ? 1 : 0;
                EveryCheckpointIsWhole(checkpoints);
            }
            while (ended is null && kills < Kills);

            ended ??= await SampleProcess.Run("Mnist", folder.FullName, again);
            ended.Error.Should().BeEmpty();
            ended.Output.Should().NotContain("Refused a checkpoint");
            Hash(ended).Should().Be(expected, $"after {kills} kills");
            History($"out{runs}").Should().Be(history, $"after {kills} kills");
        }
    }

    private static string Hash(SampleProcess sample) =>
        JsonDocument.Parse(sample.Output.TrimEnd().Split('\n')[^1]).RootElement.GetProperty("weightsSha256").GetString()!;

    // All columns but the last, which is the time.
    private string History(string directory) =>
        string.Join('\n', File.ReadAllLines(Path.Combine(folder.FullName, directory, "history.csv")).Select(line => line[..line.LastIndexOf(',')]));

    private void EveryCheckpointIsWhole(string directory)
    {
        var store = new CheckpointDirectory(Path.Combine(folder.FullName, directory));
        store.Load<float>();
        store.Damaged.Should().BeEmpty();
    }
}
