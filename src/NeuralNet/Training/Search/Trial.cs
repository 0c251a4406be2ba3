namespace NeuralNet;

/// <summary>One combination of hyperparameters in a <see cref="HyperparameterSearch"/>: <c>trial["rate"]</c>.</summary>
public sealed class Trial
{
    private readonly IReadOnlyList<SearchRange> space;
    private readonly double[] values;

    internal Trial(int number, long seed, IReadOnlyList<SearchRange> space, double[] values) => (Number, Seed, this.space, this.values) = (number, seed, space, values);

    /// <summary>The number of the trial, from 1.</summary>
    public int Number { get; }

    /// <summary>A seed for the trial's network and data, at least 0: its own, a pure function of the search's seed and the number.</summary>
    public long Seed { get; }

    /// <summary>The number that a hyperparameter has in this trial.</summary>
    /// <param name="name">The name of the hyperparameter.</param>
    /// <exception cref="ArgumentException">The search has no hyperparameter of that name.</exception>
    /// <exception cref="InvalidOperationException">It is a choice of texts.</exception>
    public double this[string name]
    {
        get
        {
            int index = Find(name);
            return space[index].Number(values[index]);
        }
    }

    /// <summary>The whole number that a hyperparameter has in this trial.</summary>
    /// <param name="name">The name of the hyperparameter.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentException">The search has no hyperparameter of that name.</exception>
    /// <exception cref="InvalidOperationException">Its value is not a whole number.</exception>
    public int WholeNumber(string name)
    {
        double value = this[name];
        return value == (int)value ? (int)value : throw new InvalidOperationException($"{name} is {Guard.Number(value)} in {this} and not a whole number.");
    }

    /// <summary>The text that a hyperparameter has in this trial: one of its choices, or its number written out.</summary>
    /// <param name="name">The name of the hyperparameter.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentException">The search has no hyperparameter of that name.</exception>
    public string Text(string name)
    {
        int index = Find(name);
        return TextAt(index, null);
    }

    /// <summary>The trial in one line.</summary>
    /// <returns>For example <c>trial 3 (hidden 100, rate 0.0125)</c>.</returns>
    public override string ToString() => $"trial {Guard.Number(Number)} ({string.Join(", ", space.Select((range, i) => $"{range.Name} {TextAt(i, SearchResult.ShortFormat)}"))})";

    internal string TextAt(int index, string? format) => space[index].Text(values[index], format);

    private int Find(string name)
    {
        for (int i = 0; i < space.Count; i++)
        {
            if (space[i].Name == name)
                return i;
        }

        throw new ArgumentException($"The search has no hyperparameter {name}; it has {string.Join(", ", space.Select(range => range.Name))}.", nameof(name));
    }
}
