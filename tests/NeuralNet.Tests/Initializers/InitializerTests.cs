namespace NeuralNet.Tests;

public class InitializerTests
{
    private const int Count = 60_001;

    [Theory, MemberData(nameof(InitializerCases.Names), MemberType = typeof(InitializerCases))]
    public void Values_have_the_mean_and_the_deviation_of_the_formula(string name)
    {
        InitializerCase row = InitializerCases.Row(name);
        double[] values = Fill<double>(row.Initializer, Count, seed: 1);
        double mean = values.Average();
        double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));

        // Five standard errors: of the mean σ/√n, of the deviation at most σ/√(2n).
        mean.Should().BeApproximately(row.Mean, (5 * row.StandardDeviation / Math.Sqrt(Count)) + 1e-12);
        deviation.Should().BeApproximately(row.StandardDeviation, (5 * row.StandardDeviation / Math.Sqrt(2 * Count)) + 1e-12);
    }

    [Theory, MemberData(nameof(InitializerCases.Names), MemberType = typeof(InitializerCases))]
    public void Normal_values_lie_within_one_two_and_three_deviations_as_often_as_they_should(string name)
    {
        InitializerCase row = InitializerCases.Row(name);
        if (!row.IsNormal)
            return;
        double[] values = Fill<double>(row.Initializer, Count, seed: 2);

        // The normal distribution's shares, from tables; five standard errors √(p(1 - p)/n) are at most 0.0096, 0.0043 and 0.0011.
        Share(1).Should().BeApproximately(0.682689, 0.0096);
        Share(2).Should().BeApproximately(0.954500, 0.0043);
        Share(3).Should().BeApproximately(0.997300, 0.0011);

        double Share(double deviations) => (double)values.Count(value => Math.Abs(value - row.Mean) < deviations * row.StandardDeviation) / Count;
    }

    [Theory, MemberData(nameof(InitializerCases.Names), MemberType = typeof(InitializerCases))]
    public void The_same_seed_gives_the_same_values_and_float_is_double_rounded(string name)
    {
        InitializerCase row = InitializerCases.Row(name);
        foreach (int count in (int[])[0, 1, 2, 7])
        {
            double[] values = Fill<double>(row.Initializer, count, seed: 3);
            Fill<double>(row.Initializer, count, seed: 3).Should().Equal(values);
            Fill<float>(row.Initializer, count, seed: 3).Should().Equal(values.Select(value => (float)value));
        }

        if (row.StandardDeviation > 0)
            Fill<double>(row.Initializer, 7, seed: 4).Should().NotEqual(Fill<double>(row.Initializer, 7, seed: 3));
    }

    [Fact]
    public void Uniform_values_stay_in_their_range() => Fill<double>(new Uniform(-1, 3), Count, seed: 5).Should().OnlyContain(value => value >= -1 && value < 3);

    [Fact]
    public void Values_out_of_range_throw_with_the_range()
    {
        FluentActions.Invoking(() => new Constant(double.NaN)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("value must be finite; got NaN.*");
        FluentActions.Invoking(() => new Normal(-1))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("standardDeviation must be at least 0 and finite; got -1.*");
        FluentActions.Invoking(() => new Normal(1, double.NaN)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("mean must be finite; got NaN.*");
        FluentActions.Invoking(() => new Uniform(1, 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("high must be finite and at least low; got 0.*");
        FluentActions.Invoking(() => new He(double.PositiveInfinity))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("slope must be finite; got Infinity.*");
    }

    private static T[] Fill<T>(IInitializer initializer, int count, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = new T[count];
        initializer.Fill<T>(values, InitializerCases.FanIn, InitializerCases.FanOut, new CounterRandom((ulong)seed));
        return values;
    }
}
