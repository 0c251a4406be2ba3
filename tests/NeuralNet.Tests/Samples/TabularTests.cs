using System.Text.Json;

namespace NeuralNet.Tests.Samples;

/// <summary>The sample of CSV files, run as a person runs it.</summary>
public sealed class TabularTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Seeds 1 to 5, on which nothing was chosen, reach 96.0 to 97.3 % and an R² of 0.486 to 0.505.
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    [InlineData("4")]
    [InlineData("5")]
    public async Task Held_out_folds_are_predicted_better_than_without_looking(string seed)
    {
        SampleProcess sample = await SampleProcess.Run("Tabular", folder.FullName, "--seed", seed, "--json");

        sample.Error.Should().BeEmpty();
        sample.ExitCode.Should().Be(0);
        sample.Output.Should().Contain("iris: 150 samples of 4 features").And.Contain("classes setosa, versicolor, virginica")
            .And.Contain("diabetes: 442 samples of 11 features (age, sex=1, sex=2, bmi");
        double[] iris = Scores(sample, "iris"), diabetes = Scores(sample, "diabetes");
        iris[0].Should().BeApproximately(1 / 3.0, 1e-9);
        iris[1..].Should().OnlyContain(accuracy => accuracy >= 0.95);
        diabetes[0].Should().BeInRange(-0.05, 0);
        diabetes[1..].Should().OnlyContain(share => share >= 0.45);
    }

    [Fact]
    public async Task The_seed_fixes_the_scores_and_one_data_set_may_be_chosen()
    {
        string[] run = ["--data", "diabetes", "--folds", "3", "--epochs", "2", "--json"];
        SampleProcess first = await SampleProcess.Run("Tabular", folder.FullName, run);

        first.Output.Should().NotContain("iris").And.Contain("3 folds, seed 1");
        (await SampleProcess.Run("Tabular", folder.FullName, run)).Output.Should().Be(first.Output);
        (await SampleProcess.Run("Tabular", folder.FullName, [.. run, "--seed", "2"])).Output.Should().NotBe(first.Output);
    }

    [Theory]
    [InlineData("--data expects one of iris, diabetes; got 'mnist'.", "--data", "mnist")]
    [InlineData("--folds expects a whole number from 2 to 50; got '1'.", "--folds", "1")]
    [InlineData("--epochs expects a whole number of at least 1; got '0'.", "--epochs", "0")]
    [InlineData("--seed expects a whole number; got '1.5'.", "--seed", "1.5")]
    public async Task A_mistake_is_one_line_and_code_2(string message, params string[] arguments)
    {
        SampleProcess sample = await SampleProcess.Run("Tabular", folder.FullName, arguments);

        (sample.ExitCode, sample.Output, sample.Error.TrimEnd()).Should().Be((2, string.Empty, message));
    }

    private static double[] Scores(SampleProcess sample, string data) =>
        [.. JsonDocument.Parse(sample.Output.TrimEnd().Split('\n')[^1]).RootElement.GetProperty(data).EnumerateObject().Select(model => model.Value.GetDouble())];
}
