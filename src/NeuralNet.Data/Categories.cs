namespace NeuralNet;

/// <summary>The different texts of a column, in ordinal order, and the index of each.</summary>
internal sealed class Categories
{
    private readonly Dictionary<string, int> indices = [];

    /// <param name="names">The texts, which differ.</param>
    public Categories(IEnumerable<string> names)
    {
        Names = [.. names.Order(StringComparer.Ordinal)];
        foreach ((int index, string name) in Names.Index())
            indices.Add(name, index);
    }

    public string[] Names { get; }

    /// <summary>Whether texts differ and stand in ordinal order, as <see cref="Names"/> do.</summary>
    public static bool AreSorted(IReadOnlyList<string> names) =>
        names.All(name => name is not null) && names.Zip(names.Skip(1)).All(pair => string.CompareOrdinal(pair.First, pair.Second) < 0);

    /// <summary>The categories that some rows of a table have, and one more if given.</summary>
    public static Categories Of(CsvTable table, int column, ReadOnlySpan<int> rows, string? more, int most)
    {
        var names = new HashSet<string>();
        if (more is not null)
            names.Add(more);
        foreach (int row in rows)
        {
            if (table.IsMissing(row, column))
                continue;
            names.Add(table[row, column]);
            if (names.Count > most)
                throw table.Unexpected(row, column, $"at most {most} categories", " That is one more: ignore the column, or raise MaxCategories.");
        }

        return new Categories(names);
    }

    /// <summary>The index of a category, or null where it is unknown.</summary>
    public int? IndexOf(string name) => indices.TryGetValue(name, out int index) ? index : null;

    /// <summary>The index of a field's category, which must be known.</summary>
    public int IndexOf(CsvTable table, int row, int column, string what) => IndexOf(table[row, column]) ?? throw table.Unexpected(row, column, $"{what} that is known, {Listed()}");

    private string Listed()
    {
        const int Shown = 10;
        string[] shown = [.. Names.Take(Shown).Select(name => $"'{(name.Length <= 40 ? name : name[..40] + "...")}'"), .. Names.Length > Shown ? [$"and {Names.Length - Shown} more"] : Array.Empty<string>()];
        return shown.Length == 0 ? "of none" : string.Join(", ", shown);
    }
}
