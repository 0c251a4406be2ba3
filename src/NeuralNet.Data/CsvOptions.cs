namespace NeuralNet;

/// <summary>How a CSV file is written.</summary>
public sealed record CsvOptions
{
    /// <summary>What stands between two fields, an ASCII character; a comma by default.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Whether the first row has the names of the columns; true by default. Without it they are called column1, column2 and so on.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>The texts that stand for a value that is missing, compared letter by letter; by default an empty field, NA, NaN and ?.</summary>
    public IReadOnlyList<string> MissingValues { get; init; } = ["", "NA", "NaN", "?"];
}
