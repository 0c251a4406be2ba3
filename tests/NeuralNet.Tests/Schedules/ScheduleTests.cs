using System.Text.Json;

namespace NeuralNet.Tests;

public class ScheduleTests
{
    [Theory, MemberData(nameof(ScheduleCases.Names), MemberType = typeof(ScheduleCases))]
    public void Rates_are_those_of_PyTorch(string name)
    {
        // schedules.json: make_schedules.py, PyTorch float64.
        JsonElement golden = GoldenFile.Row("schedules", name);
        (double learningRate, int every, double[] metrics) = (golden.Number("learningRate"), golden.GetProperty("every").GetInt32(), golden.Numbers("metrics"));
        ISchedule schedule = ScheduleCases.Row(name).Create();
        double[] rates = golden.Numbers("rates");
        for (int step = 1; step <= rates.Length; step++)
        {
            double found = schedule.RateAt(learningRate, step);
            (Math.Abs(found - rates[step - 1]) / learningRate).Should().BeLessThan(MatrixAssertions.DoubleTolerance, "update {0} has the rate {1} and not {2}", step, rates[step - 1], found);
            if (metrics.Length > 0 && step % every == 0)
                schedule = schedule.Observe(metrics[(step / every) - 1]);
        }
    }

    [Theory, MemberData(nameof(ScheduleCases.Names), MemberType = typeof(ScheduleCases))]
    public void A_rate_is_a_function_of_the_step_and_of_the_state_that_was_saved(string name)
    {
        ISchedule begun = ScheduleCases.Row(name).Create(), resumed = ScheduleCases.Row(name).Create();
        foreach (double metric in (double[])[1, 2, 2, double.NaN, 3, 0.5, 4])
            begun = begun.Observe(metric);
        resumed = resumed.WithState(begun.State);

        resumed.Should().Be(begun);
        resumed.GetHashCode().Should().Be(begun.GetHashCode());
        long[] steps = [1, 7, 40, 41, 1000, 123_456_789_012];
        steps.Select(step => resumed.RateAt(0.3, step)).Should().Equal(steps.Reverse().Select(step => begun.RateAt(0.3, step)).Reverse());
        steps.Select(step => resumed.RateAt(0.3, step)).Should().OnlyContain(rate => rate >= 0 && rate <= 0.3);
        FluentActions.Invoking(() => resumed.WithState([1, 2, 3, 4, 5]))
            .Should().Throw<ArgumentException>().WithMessage($"{resumed} expects a state of {begun.State.Count} numbers, got 5.*");
    }

    [Fact]
    public void A_plateau_behind_a_warm_up_is_told_the_metrics()
    {
        Network<double> network = Network.Input<double>(1).Affine(1).MeanSquaredError().Build(seed: 1);
        var optimizer = new Optimizer<double>(network, new Sgd(0.8), new LinearWarmup(1, 0.25, new ReduceOnPlateau(0.5, patience: 0)));

        // By hand: a quarter of 0.8 at first; then a half of 0.8 after one metric that is no better.
        optimizer.LearningRate.Should().Be(0.2);
        optimizer.Update();
        optimizer.LearningRate.Should().Be(0.8);
        optimizer.Observe(1);
        optimizer.LearningRate.Should().Be(0.8);
        optimizer.Observe(1);
        optimizer.LearningRate.Should().Be(0.4);
        optimizer.Schedule!.State.Should().Equal(1, 0, 0, 1);
        optimizer.Schedule.ToString().Should().Contain("Reductions = 1").And.NotContain("[]");
    }

    [Fact]
    public void A_metric_without_a_schedule_or_for_one_that_needs_none_changes_nothing()
    {
        Network<double> network = Network.Input<double>(1).Affine(1).MeanSquaredError().Build(seed: 1);
        var schedule = new StepDecay(3);
        (Optimizer<double> without, Optimizer<double> with) = (new(network, new Sgd()), new(network, new Sgd(), schedule));
        without.Observe(1);
        with.Observe(1);

        without.Schedule.Should().BeNull();
        with.Schedule.Should().BeSameAs(schedule);
    }

    [Theory]
    [InlineData(double.NaN, 0, 0, 0)]
    [InlineData(1, -1, 0, 0)]
    [InlineData(1, 0, 1e300, 0)]
    [InlineData(1, 0, 0, 3.7)]
    public void A_plateau_s_state_that_cannot_be_is_refused(double best, double bad, double cooldown, double reductions) =>
        FluentActions.Invoking(() => new ReduceOnPlateau().WithState([best, bad, cooldown, reductions]))
            .Should().Throw<ArgumentException>().WithMessage("ReduceOnPlateau expects a state of the best metric and three counts, got [*].*");

    [Fact]
    public void Numbers_out_of_range_throw_with_the_range_and_the_value()
    {
        (Func<ISchedule> Create, string Message)[] wrong =
        [
            (() => new StepDecay(0), "every must be at least 1; got 0.*"),
            (() => new StepDecay(1, 0), "factor must be greater than 0 and finite; got 0.*"),
            (() => new MultiStepDecay([3, -1]), "milestones must be at least 0; got -1.*"),
            (() => new MultiStepDecay([3], double.NaN), "factor must be greater than 0 and finite; got NaN.*"),
            (() => new ExponentialDecay(1.5), "factor must be in (0, 1]; got 1.5.*"),
            (() => new PolynomialDecay(0), "steps must be at least 1; got 0.*"),
            (() => new PolynomialDecay(1, 0), "power must be greater than 0 and finite; got 0.*"),
            (() => new CosineAnnealing(0), "steps must be at least 1; got 0.*"),
            (() => new CosineAnnealing(1, -1), "minimumRate must be at least 0 and finite; got -1.*"),
            (() => new CosineWarmRestarts(0), "firstCycle must be at least 1; got 0.*"),
            (() => new CosineWarmRestarts(1, 0), "growth must be at least 1; got 0.*"),
            (() => new CosineWarmRestarts(1, 1, double.NaN), "minimumRate must be at least 0 and finite; got NaN.*"),
            (() => new LinearWarmup(0), "steps must be at least 1; got 0.*"),
            (() => new LinearWarmup(1, 1.5), "startFactor must be in [0, 1]; got 1.5.*"),
            (() => new OneCycle(1), "steps must be at least 2; got 1.*"),
            (() => new OneCycle(5, 1), "risingShare must be in (0, 1); got 1.*"),
            (() => new OneCycle(5, startDivisor: 0.5), "startDivisor must be at least 1 and finite; got 0.5.*"),
            (() => new OneCycle(5, endDivisor: double.PositiveInfinity), "endDivisor must be at least 1 and finite; got Infinity.*"),
            (() => new ReduceOnPlateau(1), "factor must be in (0, 1); got 1.*"),
            (() => new ReduceOnPlateau(patience: -1), "patience must be at least 0; got -1.*"),
            (() => new ReduceOnPlateau(threshold: -1), "threshold must be at least 0 and finite; got -1.*"),
            (() => new ReduceOnPlateau(cooldown: -1), "cooldown must be at least 0; got -1.*"),
            (() => new ReduceOnPlateau(minimumRate: -1), "minimumRate must be at least 0 and finite; got -1.*"),
            (() => new ReduceOnPlateau(epsilon: -1), "epsilon must be at least 0 and finite; got -1.*"),
        ];
        foreach ((Func<ISchedule> create, string message) in wrong)
            create.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
    }
}
