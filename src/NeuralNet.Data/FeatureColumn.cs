using System.Globalization;

namespace NeuralNet;

/// <summary>A column of features: how its texts become numbers.</summary>
internal sealed class FeatureColumn
{
    private readonly Categories? categories;
    private readonly ColumnKind kind;
    private readonly int? other;
    private readonly double? filling;

    /// <summary>Fits a column to some rows of a table.</summary>
    public FeatureColumn(TabularSchema schema, CsvTable table, string name, int[] rows)
    {
        int column = table.IndexOf(name);
        MissingPolicy policy = TabularEncoder.Policy(schema, name);
        (Name, kind) = (name, schema.OneHot.Contains(name) ? ColumnKind.OneHot : schema.Indexed.Contains(name) ? ColumnKind.Index : ColumnKind.Number);
        if (kind == ColumnKind.Number)
        {
            Names = [name];
            filling = NumberFor(policy, table, column, rows);
            return;
        }

        if (policy.Action is MissingAction.Mean or MissingAction.Median || (policy.Action == MissingAction.Constant && policy.Text is null))
            throw new ArgumentException($"The column '{name}' has categories, which {policy} cannot fill. Give it a policy of its own in MissingByColumn.");
        categories = Categories.Of(table, column, rows, policy.Text, schema.MaxCategories);
        other = schema.Unknown == UnknownCategories.Other ? categories.Names.Length : null;
        filling = policy.Action switch
        {
            MissingAction.MostFrequent => MostFrequent(rows.Where(row => !table.IsMissing(row, column)).Select(row => (double)categories.IndexOf(table[row, column])!.Value)),
            MissingAction.Constant => categories.IndexOf(policy.Text!),
            _ => null,
        };
        Names = NamesOfCategories();
    }

    /// <summary>The column that was described.</summary>
    /// <exception cref="InvalidDataException">The description contradicts itself.</exception>
    public FeatureColumn(ColumnState state)
    {
        (Name, kind, filling) = (state.Name, state.Kind, state.Filling);
        bool isNumber = kind == ColumnKind.Number;
        if (!Enum.IsDefined(kind) || (isNumber && (state.Categories.Count > 0 || state.HasOther)) || !Categories.AreSorted(state.Categories))
            throw new InvalidDataException($"The column '{Name}' expects categories that differ, in ordinal order, and none for numbers, found {state.Categories.Count} for {kind}.");
        if (filling is { } number && (!double.IsFinite(number) || (!isNumber && (number < 0 || number >= state.Categories.Count || number != Math.Floor(number)))))
            throw new InvalidDataException($"The column '{Name}' expects a filling that is finite, or a category's index below {state.Categories.Count}, found {number.ToString(CultureInfo.InvariantCulture)}.");
        categories = isNumber ? null : new Categories(state.Categories);
        other = state.HasOther ? state.Categories.Count : null;
        Names = isNumber ? [Name] : NamesOfCategories();
    }

    public string Name { get; }

    public ColumnState State => new(Name, kind, CategoryNames, other is not null, filling);

    /// <summary>The names of its features.</summary>
    public string[] Names { get; }

    public IReadOnlyList<string> CategoryNames => categories is null ? [] : Array.AsReadOnly(categories.Names);

    /// <summary>Writes the features of one row, into places that are 0.</summary>
    public void Write<T>(CsvTable table, int row, int column, Span<T> features)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double number = !table.IsMissing(row, column) ? Number(table, row, column) : filling ?? throw table.Unexpected(row, column, categories is null ? "a finite number" : "a category");
        if (kind == ColumnKind.OneHot)
            features[(int)number] = T.One;
        else
            features[0] = TabularEncoder.Rounded<T>(table, row, column, number);
    }

    private string[] NamesOfCategories() =>
        kind == ColumnKind.OneHot ? [.. CategoryNames.Select(category => $"{Name}={category}"), .. other is null ? Array.Empty<string>() : [$"{Name}=(other)"]] : [Name];

    private double Number(CsvTable table, int row, int column) =>
        categories is null ? table.Number(row, column)
        : other is { } last ? categories.IndexOf(table[row, column]) ?? last
        : categories.IndexOf(table, row, column, "a category");

    // What fills missing numbers; null where nothing does.
    private static double? NumberFor(MissingPolicy policy, CsvTable table, int column, int[] rows)
    {
        if (policy.Action == MissingAction.Constant)
            return policy.Number ?? throw new ArgumentException($"The column '{table.Columns[column]}' has numbers, which {policy} cannot fill. If it is one of categories, name it in OneHot or Indexed.");
        if (policy.Action is MissingAction.Error or MissingAction.DropRow)
            return null;

        double[] numbers = [.. rows.Where(row => !table.IsMissing(row, column)).Select(row => table.Number(row, column))];
        Array.Sort(numbers);
        return numbers.Length == 0 ? null
            : policy.Action == MissingAction.MostFrequent ? MostFrequent(numbers)
            : policy.Action == MissingAction.Mean ? Mean(numbers)
            : (numbers[(numbers.Length - 1) / 2] / 2) + (numbers[numbers.Length / 2] / 2);
    }

    // Divided first where the sum of large numbers is infinite.
    private static double Mean(double[] numbers) => numbers.Average() is var mean && double.IsFinite(mean) ? mean : numbers.Sum(number => number / numbers.Length);

    private static double? MostFrequent(IEnumerable<double> numbers)
    {
        (double? best, int most) = (null, 0);
        foreach ((double number, int count) in numbers.CountBy(number => number).OrderBy(pair => pair.Key))
        {
            if (count > most)
                (best, most) = (number, count);
        }

        return best;
    }
}
