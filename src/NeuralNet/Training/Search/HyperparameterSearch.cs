using System.Security.Cryptography;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Tries combinations of hyperparameters, all of a grid or some at random, and ranks them by a score; trials run side by side.</summary>
/// <remarks>
/// What is tried is a pure function of ranges and seed, and so are the scores if a trial takes its seeds from <see cref="Trial.Seed"/>: however many trials run at once, the result is the same.
/// <code>
/// HyperparameterSearch search = HyperparameterSearch.Random([SearchRange.WholeNumbers("hidden", 20, 200), SearchRange.LogUniform("rate", 1e-4, 1e-1)], trials: 30, seed: 1);
/// SearchResult result = search.Run(trial =&gt;
/// {
///     Network&lt;float&gt; network = Network.Input&lt;float&gt;(784).Affine(trial.WholeNumber("hidden")).Relu().Affine(10).SoftmaxWithLoss().Build(trial.Seed);
///     new Trainer&lt;float&gt;(network, new Adam(trial["rate"])).Fit(train, epochs: 3, seed: trial.Seed);
///     return network.Evaluate(validation).Accuracy;
/// }, higherIsBetter: true);
/// </code>
/// </remarks>
/// <seealso href="https://jmlr.org/papers/v13/bergstra12a.html">Bergstra and Bengio (2012), Random Search for Hyper-Parameter Optimization: why random rather than a grid.</seealso>
public sealed class HyperparameterSearch
{
    private readonly SearchRange[] space;
    private readonly Func<int, double[]> values;

    private HyperparameterSearch(SearchRange[] space, int trials, long? seed, Func<CounterRandom, int, double[]> values)
    {
        (this.space, Trials, Seed) = (space, trials, seed ?? BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))));
        var random = new CounterRandom((ulong)Seed);
        this.values = number => values(random.Split(FormattableString.Invariant($"trial {number}")), number);
    }

    /// <summary>The number of trials.</summary>
    public int Trials { get; }

    /// <summary>What fixes the trials' seeds, and in a random search their values.</summary>
    public long Seed { get; }

    /// <summary>Every combination of values, those of the last range varying fastest.</summary>
    /// <param name="space">The ranges, at least one, each of another name.</param>
    /// <param name="points">How many values are taken from an interval of real numbers, at least 2: evenly spaced (of <see cref="SearchRange.LogUniform"/>, evenly in the logarithm), both ends among them.</param>
    /// <param name="seed">What fixes the trials' seeds; if left out, one is drawn and kept in <see cref="Seed"/>.</param>
    /// <returns>The search.</returns>
    /// <exception cref="ArgumentException">There are no ranges, two have the same name, or there are too many combinations to count.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two points.</exception>
    public static HyperparameterSearch Grid(IEnumerable<SearchRange> space, int points = 5, long? seed = null)
    {
        SearchRange[] ranges = Checked(space);
        Guard.AtLeast(2, points, nameof(points));
        double combinations = ranges.Aggregate(1.0, (product, range) => product * range.GridSize(points));
        Guard.Combinations(combinations);
        return new HyperparameterSearch(ranges, (int)combinations, seed, (_, number) => Combination(ranges, points, number - 1));
    }

    /// <summary>Combinations at random. The values of one range do not depend on the others, nor those of a trial on how many there are.</summary>
    /// <param name="space">The ranges, at least one, each of another name.</param>
    /// <param name="trials">The number of trials, at least 1.</param>
    /// <param name="seed">What fixes the trials; if left out, one is drawn and kept in <see cref="Seed"/>.</param>
    /// <returns>The search.</returns>
    /// <exception cref="ArgumentException">There are no ranges, or two have the same name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no trials.</exception>
    public static HyperparameterSearch Random(IEnumerable<SearchRange> space, int trials, long? seed = null)
    {
        SearchRange[] ranges = Checked(space);
        return new HyperparameterSearch(ranges, Guard.AtLeast(1, trials, nameof(trials)), seed, (random, _) => [.. ranges.Select(range => range.Draw(random.Split(range.Name)))]);
    }

    /// <summary>Runs the trials.</summary>
    /// <remarks>
    /// Trials that run side by side share the processors already, so a network that is used on its trial's thread and has not been told otherwise has a
    /// <see cref="Network{T}.MaxThreads"/> of 1. What they share, such as data sets, is only read; a <see cref="Batches{T}"/> belongs to one trial.
    /// </remarks>
    /// <param name="score">
    /// Trains and measures a network of its own with a trial's hyperparameters; called on several threads at once. What it throws, such as <see cref="NotFiniteNumberException"/>,
    /// is the failure of that trial alone, and so is a score of NaN.
    /// </param>
    /// <param name="higherIsBetter">Whether a higher score is a better one.</param>
    /// <param name="maxParallel">How many trials run at once at most, at least 1; by default MathNet's <c>Control.MaxDegreeOfParallelism</c>.</param>
    /// <param name="cancellation">Ends the search: no further trial begins, and those under way, which may be cut short by it, are left out.</param>
    /// <returns>The result, of the trials that ended.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No trial may run.</exception>
    public SearchResult Run(Func<Trial, double> score, bool higherIsBetter, int? maxParallel = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(score);
        int parallel = Math.Min(Guard.AtLeast(1, maxParallel ?? ThreadLimit.Current, nameof(maxParallel)), Trials);
        var results = new List<TrialResult>();
        int begun = 0;
        if (parallel == 1)
            RunTrials();
        else
            Parallel.For(0, parallel, new ParallelOptions { MaxDegreeOfParallelism = parallel }, _ => RunTrialsOnOneThread());
        return new SearchResult(space, [.. results.OrderBy(result => result.Trial.Number)], higherIsBetter);

        void RunTrialsOnOneThread()
        {
            using ThreadLimit.Scope limit = ThreadLimit.Enter(1);
            RunTrials();
        }

        void RunTrials()
        {
            for (int number = Interlocked.Increment(ref begun); number <= Trials && !cancellation.IsCancellationRequested; number = Interlocked.Increment(ref begun))
            {
                TrialResult result = Run(number, score);
                if (cancellation.IsCancellationRequested)
                    return;
                lock (results)
                    results.Add(result);
            }
        }
    }

    /// <summary>The search in one line.</summary>
    /// <returns>For example <c>HyperparameterSearch(30 trials of WholeNumbers(hidden: 20 to 200), LogUniform(rate: 0.0001 to 0.1))</c>.</returns>
    public override string ToString() => $"HyperparameterSearch({Guard.Number(Trials)} trials of {string.Join<SearchRange>(", ", space)})";

    private static SearchRange[] Checked(IEnumerable<SearchRange> space)
    {
        ArgumentNullException.ThrowIfNull(space);
        SearchRange[] ranges = [.. space];
        Guard.DifferentNames("A search", "ranges", [.. ranges.Select(range => range?.Name)]);
        return ranges;
    }

    private static double[] Combination(SearchRange[] ranges, int points, int index)
    {
        var combination = new double[ranges.Length];
        for (int i = ranges.Length - 1; i >= 0; i--)
        {
            (index, int place) = Math.DivRem(index, ranges[i].GridSize(points));
            combination[i] = ranges[i].GridValue(place, points);
        }

        return combination;
    }

    private TrialResult Run(int number, Func<Trial, double> score)
    {
        long seed = new CounterRandom((ulong)Seed).Split(FormattableString.Invariant($"seed of trial {number}")).NextInt64();
        var trial = new Trial(number, seed, space, values(number));
        try
        {
            double found = score(trial);
            return new TrialResult(trial, found, double.IsNaN(found) ? "The score is NaN." : null);
        }
        catch (Exception failure)
        {
            // One trial of many: the others may well succeed.
            return new TrialResult(trial, double.NaN, failure.Message);
        }
    }
}
