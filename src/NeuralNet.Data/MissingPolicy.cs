using System.Globalization;

namespace NeuralNet;

/// <summary>What becomes of a value that is missing. What fills it is fitted on the rows that a schema was fitted to, and the same for every further file.</summary>
public sealed record MissingPolicy
{
    private MissingPolicy(MissingAction action, double? number = null, string? text = null) => (Action, Number, Text) = (action, number, text);

    /// <summary>It is an error.</summary>
    public static MissingPolicy Error { get; } = new(MissingAction.Error);

    /// <summary>Its row is left out, before anything is fitted.</summary>
    public static MissingPolicy DropRow { get; } = new(MissingAction.DropRow);

    /// <summary>It gets the mean of the column's numbers.</summary>
    public static MissingPolicy Mean { get; } = new(MissingAction.Mean);

    /// <summary>It gets the median of the column's numbers, the mean of the middle two where their count is even.</summary>
    public static MissingPolicy Median { get; } = new(MissingAction.Median);

    /// <summary>It gets the number or category that the column has most often; of several, the least number or the first category.</summary>
    public static MissingPolicy MostFrequent { get; } = new(MissingAction.MostFrequent);

    internal MissingAction Action { get; }

    internal double? Number { get; }

    internal string? Text { get; }

    /// <summary>It gets a number.</summary>
    /// <param name="number">The number, finite.</param>
    /// <returns>A policy for columns of numbers.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite.</exception>
    public static MissingPolicy Constant(double number) => double.IsFinite(number)
        ? new(MissingAction.Constant, number: number)
        : throw new ArgumentOutOfRangeException(nameof(number), string.Create(CultureInfo.InvariantCulture, $"number must be finite; got {number}."));

    /// <summary>It gets a category, an existing one or one more.</summary>
    /// <param name="category">The category.</param>
    /// <returns>A policy for columns of categories.</returns>
    public static MissingPolicy Constant(string category)
    {
        ArgumentNullException.ThrowIfNull(category);
        return new(MissingAction.Constant, text: category);
    }

    /// <summary>The policy in a word.</summary>
    /// <returns>For example <c>Mean</c> or <c>Constant(0)</c>.</returns>
    public override string ToString() => Action == MissingAction.Constant ? string.Create(CultureInfo.InvariantCulture, $"Constant({Number}{Text})") : Action.ToString();
}
