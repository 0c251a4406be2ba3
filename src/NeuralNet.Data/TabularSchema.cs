namespace NeuralNet;

/// <summary>What becomes of the columns of a table: targets, features and what is left out. Every column that is not named is a feature of one number.</summary>
/// <example><c>TabularSchema.Classification("species") with { OneHot = ["island"], Missing = MissingPolicy.DropRow }</c></example>
public sealed record TabularSchema
{
    private TabularSchema(TargetKind kind, IReadOnlyList<string> targets) => (TargetKind, Targets) = (kind, targets);

    /// <summary>What kind the targets are.</summary>
    public TargetKind TargetKind { get; }

    /// <summary>The names of the target columns.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>Columns that are not looked at.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Columns of categories, each of which becomes a feature that is 1 or 0, in the ordinal order of their texts.</summary>
    public IReadOnlyList<string> OneHot { get; init; } = [];

    /// <summary>Columns of categories that become one feature, the category's index from 0 in the ordinal order of their texts: for an <see cref="Embedding{T}"/>.</summary>
    public IReadOnlyList<string> Indexed { get; init; } = [];

    /// <summary>What becomes of missing values; by default they are an error. Targets are never filled: of them only <see cref="MissingPolicy.DropRow"/> is heeded.</summary>
    public MissingPolicy Missing { get; init; } = MissingPolicy.Error;

    /// <summary>Columns that have a policy of their own for missing values.</summary>
    public IReadOnlyDictionary<string, MissingPolicy> MissingByColumn { get; init; } = new Dictionary<string, MissingPolicy>();

    /// <summary>What becomes of categories in a further file that were not in the first; by default they are an error. An unknown class always is.</summary>
    public UnknownCategories Unknown { get; init; }

    /// <summary>The most categories that a column may have, and the most classes; 1000 by default. More are an error: a column with a text of its own in every row, encoded one-hot, would take the square of the file's memory.</summary>
    public int MaxCategories { get; init; } = 1000;

    /// <summary>A class for each row, of two or more; the classes are in the ordinal order of their names.</summary>
    /// <param name="target">The column with the names of the classes, texts or numbers.</param>
    /// <returns>A schema to refine by <see langword="with"/>.</returns>
    public static TabularSchema Classification(string target) => Create(TargetKind.Classes, [target]);

    /// <summary>One of two classes for each row, in one column of targets: 0 for the first in the ordinal order of their names, 1 for the second.</summary>
    /// <param name="target">The column with the names of the classes, texts or numbers.</param>
    /// <returns>A schema to refine by <see langword="with"/>.</returns>
    public static TabularSchema BinaryClassification(string target) => Create(TargetKind.TwoClasses, [target]);

    /// <summary>Numbers for each row.</summary>
    /// <param name="targets">The columns with the numbers, at least one.</param>
    /// <returns>A schema to refine by <see langword="with"/>.</returns>
    /// <exception cref="ArgumentException">There are no targets.</exception>
    public static TabularSchema Regression(params ReadOnlySpan<string> targets) => Create(TargetKind.Numbers, targets.ToArray());

    /// <summary>Fixes the categories, the classes and what fills missing values, as a table has them.</summary>
    /// <param name="table">The table to train with.</param>
    /// <returns>What encodes this table and further ones.</returns>
    /// <exception cref="ArgumentException">A column is named twice, or a policy does not suit its column.</exception>
    /// <exception cref="InvalidDataException">A column is missing, a value is missing or not a number, there are no rows or no features, too many categories or too few classes.</exception>
    public TabularEncoder Fit(CsvTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new TabularEncoder(this, table);
    }

    private static TabularSchema Create(TargetKind kind, string[] targets)
    {
        if (targets.Length == 0 || targets.Contains(null))
            throw new ArgumentException("A schema needs the names of its targets, at least one.", nameof(targets));
        return new TabularSchema(kind, targets);
    }
}
