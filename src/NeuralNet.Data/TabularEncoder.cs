using System.Text.Json;

namespace NeuralNet;

/// <summary>Makes numbers of a table's texts, in the same way for every table: its categories, classes and fillings were fixed by <see cref="TabularSchema.Fit"/>.</summary>
/// <remarks>Columns are found by name, so they may stand in another order; those that the first table did not have are not looked at.</remarks>
public sealed class TabularEncoder
{
    private const int Version = 1;

    private readonly TargetKind targetKind;
    private readonly string[] dropping;
    private readonly FeatureColumn[] features;
    private readonly Categories? classes;

    internal TabularEncoder(TabularSchema schema, CsvTable table)
    {
        CheckNames(schema, table);
        (targetKind, TargetNames) = (schema.TargetKind, schema.Targets);
        string[] names = [.. table.Columns.Except(schema.Targets).Except(schema.Ignored)];
        if (names.Length == 0)
            throw new InvalidDataException($"{table.Name}: expected a column for features, found targets and ignored columns alone.");

        dropping = [.. names.Concat(TargetNames).Where(name => Policy(schema, name).Action == MissingAction.DropRow)];
        int[] rows = Rows(table);
        features = [.. names.Select(name => new FeatureColumn(schema, table, name, rows))];
        FeatureNames = [.. features.SelectMany(feature => feature.Names)];
        if (schema.TargetKind != TargetKind.Numbers)
        {
            int column = table.IndexOf(schema.Targets[0]);
            Require(table, rows, column);
            classes = Categories.Of(table, column, rows, null, schema.MaxCategories);
            if (classes.Names.Length < 2 || (schema.TargetKind == TargetKind.TwoClasses && classes.Names.Length > 2))
                throw new InvalidDataException($"{table.Name}, column '{schema.Targets[0]}': expected {(schema.TargetKind == TargetKind.TwoClasses ? "two" : "at least two")} classes, found {classes.Names.Length}.");
        }
    }

    private TabularEncoder(EncoderState state)
    {
        if (state.Targets.Contains(null!) || state.DropRow.Contains(null!) || state.Columns.Contains(null!))
            throw new InvalidDataException("expected names and columns, found null among them.");
        string[] names = [.. state.Targets, .. state.Columns.Select(column => column.Name)];
        if (state.Version != Version)
            throw new InvalidDataException($"expected version {Version}, found {state.Version}.");
        if (state.Targets.Count == 0 || state.Columns.Count == 0 || names.Distinct().Count() != names.Length || state.DropRow.Except(names).Any())
            throw new InvalidDataException($"expected targets and features with names that differ, and rows dropped by these, found {string.Join(", ", names)} and {string.Join(", ", state.DropRow)}.");
        bool fits = state.TargetKind switch
        {
            TargetKind.Numbers => state.Classes.Count == 0,
            TargetKind.TwoClasses => state.Classes.Count == 2 && state.Targets.Count == 1,
            TargetKind.Classes => state.Classes.Count >= 2 && state.Targets.Count == 1,
            _ => false,
        };
        if (!fits || !Categories.AreSorted(state.Classes))
            throw new InvalidDataException($"expected classes that differ, in ordinal order, of one target: none for Numbers, two for TwoClasses, at least two for Classes; found {state.Classes.Count} for {state.TargetKind} and {state.Targets.Count} targets.");

        (targetKind, TargetNames, dropping) = (state.TargetKind, state.Targets, [.. state.DropRow]);
        classes = state.Classes.Count == 0 ? null : new Categories(state.Classes);
        features = [.. state.Columns.Select(column => new FeatureColumn(column))];
        FeatureNames = [.. features.SelectMany(feature => feature.Names)];
    }

    /// <summary>The names of the features in order: that of the column, or for a category encoded one-hot <c>column=category</c>, the one for unknown categories <c>column=(other)</c>.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The names of the target columns in order.</summary>
    public IReadOnlyList<string> TargetNames { get; }

    /// <summary>The names of the classes, by label; empty for a regression.</summary>
    public IReadOnlyList<string> ClassNames => classes is null ? [] : Array.AsReadOnly(classes.Names);

    /// <summary>Reads an encoder that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <returns>An encoder that makes the same numbers of the same tables.</returns>
    /// <exception cref="InvalidDataException">It is not such a text, or contradicts itself.</exception>
    public static TabularEncoder FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return new TabularEncoder(JsonSerializer.Deserialize(json, EncoderJson.Default.EncoderState) ?? throw new InvalidDataException("expected an object, found null."));
        }
        catch (Exception error) when (error is JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"The text is not that of an encoder: {error.Message}", error);
        }
    }

    /// <summary>The encoder as a text to keep with the network that was trained on its numbers: <c>network.Metadata["encoder"] = encoder.ToJson()</c> is saved with it.</summary>
    /// <returns>JSON, to be read by <see cref="FromJson"/>.</returns>
    public string ToJson() => JsonSerializer.Serialize(
        new EncoderState(Version, targetKind, TargetNames, ClassNames, dropping, [.. features.Select(feature => feature.State)]), EncoderJson.Default.EncoderState);

    /// <summary>The categories of a column, by index.</summary>
    /// <param name="column">The column's name.</param>
    /// <returns>Their texts; empty for a column of numbers.</returns>
    /// <exception cref="ArgumentException">No feature comes of a column of that name.</exception>
    public IReadOnlyList<string> CategoriesOf(string column)
    {
        FeatureColumn feature = Array.Find(features, feature => feature.Name == column)
            ?? throw new ArgumentException($"There is no column of features '{column}'; there are {string.Join(", ", features.Select(feature => $"'{feature.Name}'"))}.", nameof(column));
        return feature.CategoryNames;
    }

    /// <summary>Makes a data set of a table.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="table">The table, with the columns of features and of targets.</param>
    /// <returns>The data set and the names of what is in it.</returns>
    /// <exception cref="ArgumentException">When the schema is fitted: a column is named twice, or a policy does not suit its column.</exception>
    /// <exception cref="InvalidDataException">
    /// A column is missing; a value is missing, not a number, or too large for the precision; a category or class is unknown; no rows are left. With file, line, column, what was expected and what was found.
    /// </exception>
    /// <exception cref="NotSupportedException">The precision is neither <see langword="float"/> nor <see langword="double"/>.</exception>
    public TabularData<T> Encode<T>(CsvTable table)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(table);
        int[] rows = Rows(table), columns = [.. TargetNames.Select(table.IndexOf)];
        T[] numbers = Features<T>(table, rows);
        foreach (int column in columns)
            Require(table, rows, column);
        if (classes is not null)
        {
            int[] labels = Array.ConvertAll(rows, row => classes.IndexOf(table, row, columns[0], "a class"));
            return new(this, new ArrayDataset<T>(FeatureNames.Count, numbers, labels, targetKind == TargetKind.TwoClasses ? 1 : classes.Names.Length), rows);
        }

        T[] targets = [.. rows.SelectMany(row => columns.Select(column => Rounded<T>(table, row, column, table.Number(row, column))))];
        return new(this, new ArrayDataset<T>(FeatureNames.Count, numbers, columns.Length, targets), rows);
    }

    /// <summary>Makes features of a table, to predict from; it needs no targets.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="table">The table, with the columns of features.</param>
    /// <returns>A row for each of the table's. None is dropped: a missing value that nothing fills is an error.</returns>
    /// <exception cref="InvalidDataException">A column is missing; a value is missing, not a number, or too large for the precision; a category is unknown; there are no rows.</exception>
    /// <exception cref="NotSupportedException">The precision is neither <see langword="float"/> nor <see langword="double"/>.</exception>
    public Matrix<T> EncodeFeatures<T>(CsvTable table)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(table);
        int[] rows = [.. Enumerable.Range(0, table.RowCount)];
        T[] numbers = Features<T>(table, rows);
        return Matrix<T>.Build.DenseOfRowMajor(rows.Length, FeatureNames.Count, numbers);
    }

    internal static T Rounded<T>(CsvTable table, int row, int column, double number)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T rounded = T.CreateTruncating(number);
        return T.IsFinite(rounded) ? rounded : throw table.Unexpected(row, column, $"a number that fits {typeof(T).Name}");
    }

    private T[] Features<T>(CsvTable table, int[] rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"The precision must be float or double; got {typeof(T).Name}.");
        int[] columns = Array.ConvertAll(features, feature => table.IndexOf(feature.Name));
        if (rows.Length == 0)
            throw new InvalidDataException($"{table.Name}: expected rows to encode, found none{(table.RowCount > 0 ? $": a value is missing in each of {table.RowCount}" : string.Empty)}.");
        if ((long)rows.Length * FeatureNames.Count > Array.MaxLength)
            throw new InvalidDataException($"{table.Name}: expected at most {Array.MaxLength} numbers, which fit into one array, found {rows.Length} rows of {FeatureNames.Count}.");

        var numbers = new T[rows.Length * FeatureNames.Count];
        int place = 0;
        foreach (int row in rows)
        {
            for (int i = 0; i < features.Length; i++)
            {
                features[i].Write(table, row, columns[i], numbers.AsSpan(place, features[i].Names.Length));
                place += features[i].Names.Length;
            }
        }

        return numbers;
    }

    // All rows, but for those with a missing value where that drops them.
    private int[] Rows(CsvTable table)
    {
        int[] columns = [.. dropping.Select(table.IndexOf)];
        return [.. Enumerable.Range(0, table.RowCount).Where(row => !Array.Exists(columns, column => table.IsMissing(row, column)))];
    }

    internal static MissingPolicy Policy(TabularSchema schema, string column) => schema.MissingByColumn.GetValueOrDefault(column, schema.Missing);

    // Targets are not filled, so what is still missing is an error.
    private static void Require(CsvTable table, int[] rows, int column)
    {
        foreach (int row in rows)
        {
            if (table.IsMissing(row, column))
                throw table.Unexpected(row, column, "a target");
        }
    }

    private static void CheckNames(TabularSchema schema, CsvTable table)
    {
        var named = new HashSet<string>();
        foreach (string column in schema.Targets.Concat(schema.Ignored).Concat(schema.OneHot).Concat(schema.Indexed))
        {
            if (!named.Add(column))
                throw new ArgumentException($"The schema names the column '{column}' twice; it has one part to play.");
            table.IndexOf(column);
        }

        foreach ((string column, MissingPolicy policy) in schema.MissingByColumn)
        {
            table.IndexOf(column);
            if (schema.Targets.Contains(column) && policy.Action is not (MissingAction.Error or MissingAction.DropRow))
                throw new ArgumentException($"The column '{column}' is a target, which is never filled; got {policy}. Use Error or DropRow.");
        }
    }
}
