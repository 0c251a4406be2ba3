namespace NeuralNet;

/// <summary>A column of features: how its texts become numbers.</summary>
internal sealed class FeatureColumn
{
    private readonly Categories? categories;
    private readonly bool isOneHot;
    private readonly int? other;
    private readonly double? filling;

    /// <summary>Fits a column to some rows of a table.</summary>
    public FeatureColumn(TabularSchema schema, CsvTable table, string name, int[] rows)
    {
        int column = table.IndexOf(name);
        MissingPolicy policy = TabularEncoder.Policy(schema, name);
        (Name, isOneHot) = (name, schema.OneHot.Contains(name));
        if (!isOneHot && !schema.Indexed.Contains(name))
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
        Names = isOneHot ? [.. categories.Names.Select(category => $"{name}={category}"), .. other is null ? Array.Empty<string>() : [$"{name}=(other)"]] : [name];
    }

    public string Name { get; }

    /// <summary>The names of its features.</summary>
    public string[] Names { get; }

    public IReadOnlyList<string> CategoryNames => categories?.Names ?? [];

    /// <summary>Writes the features of one row, into places that are 0.</summary>
    public void Write<T>(CsvTable table, int row, int column, Span<T> features)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double number = !table.IsMissing(row, column) ? Number(table, row, column) : filling ?? throw table.Unexpected(row, column, categories is null ? "a finite number" : "a category");
        if (isOneHot)
            features[(int)number] = T.One;
        else
            features[0] = TabularEncoder.Rounded<T>(table, row, column, number);
    }

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
