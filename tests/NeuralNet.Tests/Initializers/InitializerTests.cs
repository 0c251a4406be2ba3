namespace NeuralNet.Tests;

public class InitializerTests
{
    private const int Count = InitializerCases.FanIn * InitializerCases.FanOut;

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
        foreach (int count in row.NeedsRows ? (int[])[0, 200, 400] : [0, 1, 2, 7])
        {
            double[] values = Fill<double>(row.Initializer, count, seed: 3);
            Fill<double>(row.Initializer, count, seed: 3).Should().Equal(values);
            Fill<float>(row.Initializer, count, seed: 3).Should().Equal(values.Select(value => (float)value));
        }

        if (row.StandardDeviation > 0)
            Fill<double>(row.Initializer, 400, seed: 4).Should().NotEqual(Fill<double>(row.Initializer, 400, seed: 3));
    }

    [Fact]
    public void Uniform_values_stay_in_their_range() => Fill<double>(new Uniform(-1, 3), Count, seed: 5).Should().OnlyContain(value => value >= -1 && value < 3);

    [Theory, MemberData(nameof(InitializerCases.Names), MemberType = typeof(InitializerCases))]
    public void Values_stay_within_the_bound_and_come_close_to_it(string name)
    {
        InitializerCase row = InitializerCases.Row(name);
        if (double.IsInfinity(row.Bound))
            return;
        double farthest = Fill<double>(row.Initializer, Count, seed: 6).Max(value => Math.Abs(value - row.Mean));

        // Of 60,000 values spread evenly or more densely in the middle, at least one in a thousand is in the last hundredth.
        farthest.Should().BeInRange(0.99 * row.Bound, row.Bound + 1e-9);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 5)]
    [InlineData(3, 20)]
    [InlineData(20, 3)]
    [InlineData(64, 65)]
    [InlineData(100, 30)]
    [InlineData(120, 120)]
    public void An_orthogonal_weight_is_the_Q_of_the_normal_numbers_of_its_seed(int rows, int columns)
    {
        Matrix<double> Filled(IInitializer initializer)
        {
            var values = new double[rows * columns];
            initializer.Fill<double>(values, columns, rows, new CounterRandom(1));
            Matrix<double> matrix = Matrix<double>.Build.DenseOfRowMajor(rows, columns, values);
            return rows >= columns ? matrix : matrix.Transpose();
        }

        Matrix<double> q = Filled(new Orthogonal()), normal = Filled(new Normal(1)), r = q.TransposeThisAndMultiply(normal);

        // Q is the one matrix with orthonormal columns for which Qᵀ·A is an upper triangle with a positive diagonal.
        (q.TransposeThisAndMultiply(q) - Matrix<double>.Build.DenseIdentity(q.ColumnCount)).Enumerate().Max(Math.Abs).Should().BeLessThan(1e-13);
        r.Diagonal().Should().OnlyContain(value => value > 0);
        r.StrictlyLowerTriangle().Enumerate().Max(Math.Abs).Should().BeLessThan(1e-12);
        Filled(new Orthogonal(-3)).ShouldBeClose(-3 * q, MatrixAssertions.DoubleTolerance);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.25, 3)]
    [InlineData(0.26, 4)]
    [InlineData(0.9, 11)]
    public void Each_column_of_a_sparse_weight_has_its_share_of_zeros(double sparsity, int zeros)
    {
        // ⌈sparsity·12⌉ of 12 rows; 500 columns, so each row has 500·zeros/12 zeros, to five standard errors √(500·p(1 - p)) ≤ 11.2.
        const int Rows = 12, Columns = 500;
        var values = new double[Rows * Columns];
        new Sparse(sparsity).Fill<double>(values, Columns, Rows, new CounterRandom(1));
        Matrix<double> weight = Matrix<double>.Build.DenseOfRowMajor(Rows, Columns, values);

        weight.EnumerateColumns().Should().OnlyContain(column => column.Count(value => value == 0) == zeros);
        weight.EnumerateRows().Should().OnlyContain(row => Math.Abs(row.Count(value => value == 0) - (500.0 * zeros / 12)) <= 56);
        var plain = new double[values.Length];
        new Normal().Fill<double>(plain, Columns, Rows, new CounterRandom(1));
        values.Zip(plain).Should().OnlyContain(pair => pair.First == 0 || pair.First == pair.Second);
    }

    [Fact]
    public void Initializers_of_matrices_say_when_there_are_no_whole_rows()
    {
        FluentActions.Invoking(() => new Orthogonal().Fill<double>(new double[7], 3, 2, new CounterRandom(1)))
            .Should().Throw<ArgumentException>().WithMessage("Orthogonal fills rows of fanIn numbers, the weights of one output; got 7 values and a fanIn of 3.*");
        FluentActions.Invoking(() => new Sparse(0.5).Fill<double>(new double[7], 3, 2, new CounterRandom(1))).Should().Throw<ArgumentException>().WithMessage("Sparse fills rows *");
    }

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
        FluentActions.Invoking(() => new Xavier(double.NaN)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("gain must be finite; got NaN.*");
        FluentActions.Invoking(() => new Orthogonal(double.NaN)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("gain must be finite; got NaN.*");
        FluentActions.Invoking(() => new Sparse(1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("sparsity must be in [0, 1); got 1.*");
        FluentActions.Invoking(() => new TruncatedNormal(bound: 0.05))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("bound must be at least 0.1 and finite; got 0.05.*");
    }

    private static T[] Fill<T>(IInitializer initializer, int count, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = new T[count];
        initializer.Fill<T>(values, InitializerCases.FanIn, InitializerCases.FanOut, new CounterRandom((ulong)seed));
        return values;
    }
}
