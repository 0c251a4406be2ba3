using System.Globalization;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>A hyperparameter and the values that a <see cref="HyperparameterSearch"/> tries for it.</summary>
public sealed class SearchRange
{
    // A value is a number; of a choice of texts, the index of one.
    private readonly Func<double, double> at;
    private readonly int? count;
    private readonly string description;
    private readonly string[]? texts;

    private SearchRange(string name, string description, int? count, Func<double, double> at, string[]? texts = null)
    {
        Guard.Name(name, nameof(name));
        (Name, this.description, this.count, this.at, this.texts) = (name, description, count, at, texts);
    }

    /// <summary>The name of the hyperparameter.</summary>
    public string Name { get; }

    /// <summary>Some numbers.</summary>
    /// <param name="name">The name of the hyperparameter.</param>
    /// <param name="values">The numbers, finite and each once.</param>
    /// <returns>The range.</returns>
    /// <exception cref="ArgumentException">The name is empty, there are no values, or one is not finite or there twice.</exception>
    public static SearchRange Choice(string name, params ReadOnlySpan<double> values)
    {
        double[] all = values.ToArray();
        Guard.Choices(name, all);
        foreach (double value in all)
            Guard.Finite(value, name);
        return new SearchRange(name, $"Choice({name}: {string.Join(", ", all.Select(Guard.Number))})", all.Length, index => all[(int)index]);
    }

    /// <summary>Some texts, such as the names of rules or activations; <see cref="Trial.Text"/> gives the one of a trial.</summary>
    /// <param name="name">The name of the hyperparameter.</param>
    /// <param name="values">The texts, each once.</param>
    /// <returns>The range.</returns>
    /// <exception cref="ArgumentException">The name is empty, there are no values, or one is there twice.</exception>
    public static SearchRange Choice(string name, params ReadOnlySpan<string> values)
    {
        string[] all = values.ToArray();
        Guard.Choices(name, all);
        return new SearchRange(name, $"Choice({name}: {string.Join(", ", all)})", all.Length, index => index, all);
    }

    /// <summary>The whole numbers of an interval.</summary>
    /// <param name="name">The name of the hyperparameter.</param>
    /// <param name="from">The least.</param>
    /// <param name="to">The greatest, at least <paramref name="from"/>; among the values.</param>
    /// <returns>The range.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The interval is empty, or has more whole numbers than an <see cref="int"/> can count.</exception>
    public static SearchRange WholeNumbers(string name, int from, int to)
    {
        Guard.InRange(to, to >= from && (long)to - from < int.MaxValue, FormattableString.Invariant($"at least from = {from} and less than {int.MaxValue} greater"), nameof(to));
        return new SearchRange(name, FormattableString.Invariant($"WholeNumbers({name}: {from} to {to})"), to - from + 1, index => from + index);
    }

    /// <summary>The numbers of an interval, each as likely as another.</summary>
    /// <param name="name">The name of the hyperparameter.</param>
    /// <param name="from">The least, finite.</param>
    /// <param name="to">The greatest, finite and greater than <paramref name="from"/>.</param>
    /// <returns>The range.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An end is out of range.</exception>
    public static SearchRange Uniform(string name, double from, double to)
    {
        CheckEnds(Guard.Finite(from, nameof(from)), to);
        return new SearchRange(name, $"Uniform({name}: {Guard.Number(from)} to {Guard.Number(to)})", null, share => Between(from, to, share, ((1 - share) * from) + (share * to)));
    }

    /// <summary>The numbers of an interval, each order of magnitude as likely as another: for learning rates and decays.</summary>
    /// <param name="name">The name of the hyperparameter.</param>
    /// <param name="from">The least, finite and greater than 0.</param>
    /// <param name="to">The greatest, finite and greater than <paramref name="from"/>.</param>
    /// <returns>The range.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An end is out of range.</exception>
    public static SearchRange LogUniform(string name, double from, double to)
    {
        CheckEnds(Guard.Positive(from, nameof(from)), to);
        (double logFrom, double logTo) = (Elementary.Log(from), Elementary.Log(to));
        return new SearchRange(
            name, $"LogUniform({name}: {Guard.Number(from)} to {Guard.Number(to)})", null, share => Between(from, to, share, Elementary.Exp(((1 - share) * logFrom) + (share * logTo))));
    }

    /// <summary>The range in one line.</summary>
    /// <returns>For example <c>LogUniform(rate: 0.0001 to 0.1)</c>.</returns>
    public override string ToString() => description;

    /// <summary>How many values a grid has here, given how many it takes from an interval.</summary>
    internal int GridSize(int points) => count ?? points;

    /// <summary>A value of a grid.</summary>
    internal double GridValue(int index, int points) => count is null ? at((double)index / (points - 1)) : at(index);

    /// <summary>A value at random.</summary>
    internal double Draw(CounterRandom random) => count is { } values ? at(random.Next(values)) : at(random.NextDouble());

    /// <summary>A value as a number; texts have none.</summary>
    internal double Number(double value) => texts is null ? value : throw new InvalidOperationException($"{Name} is a choice of texts: read it by Text(\"{Name}\").");

    /// <summary>A value as a text.</summary>
    internal string Text(double value, string? format = null) => texts is null ? value.ToString(format, CultureInfo.InvariantCulture) : texts[(int)value];

    private static void CheckEnds(double from, double to) => Guard.InRange(to, to > from && double.IsFinite(to), $"finite and greater than from = {Guard.Number(from)}", nameof(to));

    // The ends are the ends, however the way to them rounds.
    private static double Between(double from, double to, double share, double value) => share == 0 ? from : share == 1 ? to : Math.Clamp(value, from, to);
}
