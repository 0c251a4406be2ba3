using MathNet.Numerics;

namespace NeuralNet.Tests;

public class HyperparameterSearchTests
{
    private static readonly SearchRange[] Space =
        [SearchRange.Choice("hidden", 5, 9), SearchRange.LogUniform("rate", 1e-4, 1e-1), SearchRange.Uniform("dropout", 0, 0.5), SearchRange.WholeNumbers("layers", 1, 3), SearchRange.Choice("rule", "sgd", "adam")];

    [Fact]
    public void A_grid_is_every_combination_the_last_range_fastest()
    {
        HyperparameterSearch search = HyperparameterSearch.Grid([SearchRange.Choice("a", 3, 1), SearchRange.LogUniform("b", 0.01, 1), SearchRange.WholeNumbers("c", -1, 0)], points: 3, seed: 1);
        search.Trials.Should().Be(12);

        SearchResult result = search.Run(trial => trial["b"], higherIsBetter: true);
        result.Trials.Select(found => (found.Trial.Number, found.Trial["a"], Math.Round(found.Trial["b"], 12), found.Trial.WholeNumber("c"))).Should().Equal(
            (1, 3, 0.01, -1), (2, 3, 0.01, 0), (3, 3, 0.1, -1), (4, 3, 0.1, 0), (5, 3, 1, -1), (6, 3, 1, 0),
            (7, 1, 0.01, -1), (8, 1, 0.01, 0), (9, 1, 0.1, -1), (10, 1, 0.1, 0), (11, 1, 1, -1), (12, 1, 1, 0));
        result.Trials.Select(found => found.Trial["b"]).Should().Contain([0.01, 1.0], "the ends are the ends");
        result.Best.Trial.Number.Should().Be(5, "it is the first of equals");
    }

    [Fact]
    public void Random_values_fill_their_ranges()
    {
        SearchResult result = HyperparameterSearch.Random(Space, trials: 400, seed: 1).Run(_ => 0, higherIsBetter: true);
        Trial[] trials = [.. result.Trials.Select(found => found.Trial)];

        foreach ((string name, double from, double to, double middle) in ((string, double, double, double)[])[("rate", 1e-4, 1e-1, 3.162e-3), ("dropout", 0, 0.5, 0.25)])
        {
            trials.Should().OnlyContain(trial => trial[name] >= from && trial[name] <= to);
            trials.Count(trial => trial[name] < middle).Should().BeInRange(160, 240);
        }

        trials.GroupBy(trial => trial.WholeNumber("layers")).Should().HaveCount(3).And.OnlyContain(group => group.Count() > 90);
        trials.GroupBy(trial => trial["hidden"]).Should().HaveCount(2).And.OnlyContain(group => group.Count() > 160);
        trials.GroupBy(trial => trial.Text("rule")).Select(group => group.Key).Should().BeEquivalentTo("sgd", "adam");
        trials.Select(trial => trial.Seed).Should().OnlyHaveUniqueItems().And.OnlyContain(seed => seed >= 0);
    }

    [Fact]
    public void A_trial_depends_on_neither_how_many_there_are_nor_the_other_ranges()
    {
        Trial[] some = Trials(Space, 3), more = Trials([SearchRange.Uniform("first", 0, 1), .. Space], 5);
        some.Select(trial => (trial.Seed, trial["rate"], trial["dropout"], trial.Text("rule"))).Should().Equal(more.Take(3).Select(trial => (trial.Seed, trial["rate"], trial["dropout"], trial.Text("rule"))));

        static Trial[] Trials(SearchRange[] space, int count) => [.. HyperparameterSearch.Random(space, count, seed: 7).Run(_ => 0, higherIsBetter: true).Trials.Select(found => found.Trial)];
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void The_result_is_the_same_however_many_trials_run_at_once(int parallel)
    {
        HyperparameterSearch search = HyperparameterSearch.Random(Space, trials: 12, seed: 3);
        SearchResult alone = search.Run(Train, higherIsBetter: false, maxParallel: 1), together = search.Run(Train, higherIsBetter: false, maxParallel: parallel);

        together.ToCsv().Should().Be(alone.ToCsv());
        together.ToString().Should().Be(alone.ToString());
        alone.Trials.Should().OnlyContain(found => !found.HasFailed);
        alone.Trials.Select(found => found.Score).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Side_by_side_a_trials_networks_use_one_thread()
    {
        var threads = new List<int>();
        HyperparameterSearch search = HyperparameterSearch.Random(Space, trials: 6, seed: 3);
        search.Run(Threads, higherIsBetter: true, maxParallel: 2);
        threads.Should().HaveCount(6).And.OnlyContain(count => count == 1);

        threads.Clear();
        search.Run(Threads, higherIsBetter: true, maxParallel: 1);
        threads.Should().HaveCount(6).And.OnlyContain(count => count == Control.MaxDegreeOfParallelism);
        Network.Input<float>(2).Affine(1).Build(seed: 1).MaxThreads.Should().Be(Control.MaxDegreeOfParallelism, "the limit ends with the trial");

        double Threads(Trial trial)
        {
            Network<float> network = Network.Input<float>(2).Affine(1).Build(trial.Seed);
            lock (threads)
                threads.Add(network.MaxThreads);
            return 0;
        }
    }

    [Fact]
    public void A_trial_that_fails_is_told_and_the_others_count()
    {
        SearchResult result = HyperparameterSearch.Grid([SearchRange.WholeNumbers("n", 1, 5)], seed: 1).Run(Score, higherIsBetter: false, maxParallel: 2);

        result.Best.Should().Be(result.Trials[3]);
        result.Ranking.Select(found => found.Trial.Number).Should().Equal(4, 3, 5, 1, 2);
        result.Trials.Select(found => found.Error).Should().Equal("The loss is NaN, alas.\nIn step 3.", "The score is NaN.", null, null, null);
        result.Trials.Select(found => found.HasFailed).Should().Equal(true, true, false, false, false);
        result.ToString().ReplaceLineEndings("\n").Should().Be(
            """
            trial  n     score
                4  4    -0.125
                3  3  0.333333
                5  5  Infinity
                1  1         -  The loss is NaN, alas.
                2  2         -  The score is NaN.
            """);
        result.ToCsv().Should().StartWith("trial,seed,n,score,error\n1,").And.EndWith($"5,{result.Trials[4].Trial.Seed},5,Infinity,\n")
            .And.Contain($"1,{result.Trials[0].Trial.Seed},1,,\"The loss is NaN, alas.\nIn step 3.\"\n").And.Contain(",3,0.3333333333333333,\n");

        static double Score(Trial trial) => trial.WholeNumber("n") switch
        {
            1 => throw new NotFiniteNumberException("The loss is NaN, alas.\nIn step 3."),
            2 => double.NaN,
            3 => 1.0 / 3,
            4 => -0.125,
            _ => double.PositiveInfinity,
        };
    }

    [Fact]
    public void Where_all_fail_there_is_no_best()
    {
        SearchResult result = HyperparameterSearch.Grid([SearchRange.Choice("a", 1, 2)], seed: 1).Run(trial => trial["b"], higherIsBetter: true);
        result.Invoking(it => it.Best).Should().Throw<InvalidOperationException>().WithMessage("All 2 trials failed, trial 1 (a 1) with: The search has no hyperparameter b; it has a.*");
    }

    [Fact]
    public void Cancelling_keeps_the_trials_that_ended()
    {
        using var source = new CancellationTokenSource();
        SearchResult result = HyperparameterSearch.Grid([SearchRange.WholeNumbers("n", 1, 9)], seed: 1).Run(Score, higherIsBetter: true, maxParallel: 1, source.Token);
        result.Trials.Select(found => found.Trial.Number).Should().Equal(1, 2);

        SearchResult nothing = HyperparameterSearch.Grid([SearchRange.WholeNumbers("n", 1, 9)], seed: 1).Run(Score, higherIsBetter: true, cancellation: source.Token);
        nothing.Invoking(it => it.Best).Should().Throw<InvalidOperationException>().WithMessage("The search ended before its first trial did.");

        double Score(Trial trial)
        {
            if (trial.Number == 3)
                source.Cancel();
            return trial.Number;
        }
    }

    [Fact]
    public void A_missing_seed_is_drawn_and_kept()
    {
        HyperparameterSearch search = HyperparameterSearch.Random(Space, trials: 2), again = HyperparameterSearch.Random(Space, trials: 2, search.Seed);
        again.Run(_ => 1, higherIsBetter: true).ToCsv().Should().Be(search.Run(_ => 1, higherIsBetter: true).ToCsv());
    }

    [Fact]
    public void Texts_say_what_there_is()
    {
        HyperparameterSearch search = HyperparameterSearch.Random([SearchRange.Choice("a, b", "x\"y", "x\"z"), .. Space], trials: 1, seed: 4);
        search.ToString().Should().Be(
            "HyperparameterSearch(1 trials of Choice(a, b: x\"y, x\"z), Choice(hidden: 5, 9), LogUniform(rate: 0.0001 to 0.1), Uniform(dropout: 0 to 0.5), WholeNumbers(layers: 1 to 3), Choice(rule: sgd, adam))");
        search.Run(_ => 0, higherIsBetter: true).ToCsv().Should().StartWith("trial,seed,\"a, b\",hidden,rate,dropout,layers,rule,score,error\n1,").And.Contain(",\"x\"\"");
    }

    [Fact]
    public void Wrong_arguments_are_told_in_words()
    {
        Trial trial = HyperparameterSearch.Random(Space, trials: 1, seed: 1).Run(_ => 0, higherIsBetter: true).Trials[0].Trial;
        (Action Act, string Message)[] wrong =
        [
            (() => SearchRange.Choice(" ", 1, 2), "name must not be empty.*"),
            (() => SearchRange.Choice("a", ReadOnlySpan<double>.Empty), "a expects at least one value to choose from.*"),
            (() => SearchRange.Choice("a", 1.5, 2, 1.5), "a expects each value once; 1.5 is there twice.*"),
            (() => SearchRange.Choice("a", "x", "x"), "a expects each value once; x is there twice.*"),
            (() => SearchRange.Choice("a", 1, double.NaN), "a must be finite; got NaN.*"),
            (() => SearchRange.WholeNumbers("a", 2, 1), "to must be at least from = 2 and less than 2147483647 greater; got 1.*"),
            (() => SearchRange.WholeNumbers("a", int.MinValue, int.MaxValue), "to must be at least from = -2147483648*"),
            (() => SearchRange.Uniform("a", 1, 1), "to must be finite and greater than from = 1; got 1.*"),
            (() => SearchRange.Uniform("a", double.NaN, 1), "from must be finite; got NaN.*"),
            (() => SearchRange.LogUniform("a", 0, 1), "from must be greater than 0 and finite; got 0.*"),
            (() => SearchRange.LogUniform("a", 1, double.PositiveInfinity), "to must be finite and greater than from = 1; got Infinity.*"),
            (() => HyperparameterSearch.Grid([]), "A search expects at least one of its ranges.*"),
            (() => HyperparameterSearch.Grid([null!]), "A search expects ranges; the one at index 0 is null.*"),
            (() => HyperparameterSearch.Random([Space[0], Space[1], Space[0]], 1), "A search expects ranges of different names; hidden is there twice.*"),
            (() => HyperparameterSearch.Random(Space, 0), "trials must be at least 1; got 0.*"),
            (() => HyperparameterSearch.Grid(Space, points: 1), "points must be at least 2; got 1.*"),
            (() => HyperparameterSearch.Grid(Space, points: 100_000), "A grid expects at most 2147483591 combinations, got 120000000000. Use a random search.*"),
            (() => HyperparameterSearch.Random(Space, 1).Run(_ => 0, true, maxParallel: 0), "maxParallel must be at least 1; got 0.*"),
            (() => _ = trial["width"], "The search has no hyperparameter width; it has hidden, rate, dropout, layers, rule.*"),
            (() => _ = trial["rule"], "rule is a choice of texts: read it by Text(\"rule\").*"),
            (() => _ = trial.WholeNumber("dropout"), "dropout is 0.* in trial 1 (hidden *, rate *, dropout *, layers *, rule *) and not a whole number.*"),
        ];
        foreach ((Action act, string message) in wrong)
            act.Should().Throw<Exception>().Where(found => found is ArgumentException || found is InvalidOperationException).WithMessage(message);
    }

    private static double Train(Trial trial)
    {
        NetworkBuilder<double> builder = Network.Input<double>(4);
        for (int i = 0; i < trial.WholeNumber("layers"); i++)
            builder.Affine(trial.WholeNumber("hidden")).Relu().Dropout(trial["dropout"]);
        Network<double> network = builder.Affine(3).SoftmaxWithLoss().Build(trial.Seed);
        var optimizer = new Optimizer<double>(network, trial.Text("rule") == "sgd" ? new Sgd(trial["rate"]) : new Adam(trial["rate"]));
        Matrix<double> x = Make.Uniform(20, 4, seed: 1);
        int[] labels = Make.Labels(20, 3, seed: 2);
        for (int step = 0; step < 10; step++)
            network.Step(x, labels, optimizer);
        return network.Loss(x, labels);
    }
}
