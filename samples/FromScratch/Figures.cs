using System.Globalization;

namespace NeuralNet.Samples.FromScratch;

/// <summary>The page that chapters write on: prose, and figures beside the expected ones. Counts those that differ.</summary>
internal sealed class Figures(TextWriter page)
{
    private const int WhatWidth = 40, FigureWidth = 22;

    private readonly List<string> skipped = [];
    private int compared;

    /// <summary>The number of figures that are not as expected.</summary>
    public int Differing { get; private set; }

    /// <summary>What to say at the end, in one line.</summary>
    public string Summary
    {
        get
        {
            string verdict = (compared, Differing) switch
            {
                (0, _) => "There was no figure to compare.",
                (_, 0) => $"All {compared} figures are as expected.",
                _ => $"{Differing} of {compared} figures are not as expected: look for DIFFERS.",
            };
            return skipped.Count == 0 ? verdict : $"{verdict} Skipped: {string.Join(", ", skipped)}.";
        }
    }

    /// <summary>Begins a chapter.</summary>
    public void Chapter(IChapter chapter)
    {
        string heading = $"{chapter.Name}: {chapter.Title}";
        page.WriteLine();
        page.WriteLine(heading);
        page.WriteLine(new string('=', heading.Length));
    }

    /// <summary>Says that a chapter cannot run, and why.</summary>
    public void Skip(IChapter chapter, string reason)
    {
        skipped.Add(chapter.Name);
        page.WriteLine();
        Say($"SKIPPED: {reason}");
    }

    /// <summary>Begins an example: its name, a few words, and the head of its table.</summary>
    public void Example(string name, string words)
    {
        page.WriteLine();
        page.WriteLine($"  {name}");
        page.WriteLine();
        Say(words);
        page.WriteLine();
        page.WriteLine($"    {string.Empty,-WhatWidth}{"ours",FigureWidth}{"expected",FigureWidth}");
    }

    /// <summary>Writes prose, of one or more lines.</summary>
    public void Say(string words)
    {
        foreach (string line in words.Split('\n'))
            page.WriteLine(line.Length == 0 ? line : $"    {line.TrimEnd('\r')}");
    }

    /// <summary>Compares a number with the expected one, to so many significant digits (decimals, where 0 is expected).</summary>
    public void Number(string what, double ours, double expected, int digits)
    {
        double unitOfLastDigit = Math.Pow(10, (expected == 0 ? 0 : Math.Floor(Math.Log10(Math.Abs(expected))) + 1) - digits);
        bool agrees = Math.Abs(ours - expected) <= unitOfLastDigit / 2;
        Compare(what, expected == 0 && agrees ? "0" : Text(ours, digits), Text(expected, digits), agrees);
    }

    /// <summary>Compares a matrix with the expected one, element by element; a single row or column has one index, a single number none.</summary>
    public void Matrix(string what, Matrix<double> ours, double[][] expected, int digits)
    {
        if (ours.RowCount != expected.Length || ours.ColumnCount != expected[0].Length)
            throw new ArgumentException($"{what} is {ours.RowCount}x{ours.ColumnCount}, expected {expected.Length}x{expected[0].Length}.", nameof(ours));
        for (int row = 0; row < expected.Length; row++)
        {
            for (int column = 0; column < expected[row].Length; column++)
                Number(what + Index(ours, row, column), ours[row, column], expected[row][column], digits);
        }
    }

    /// <summary>Compares a number that chance has a part in with the one expected, within a margin.</summary>
    public void About(string what, double ours, double expected, double margin) =>
        Compare(what, Text(ours, 4), $"{Text(expected, 4)} ± {Text(margin, 4)}", Math.Abs(ours - expected) <= margin);

    /// <summary>Compares an answer in words with the expected one.</summary>
    public void Answer(string what, string ours, string expected) => Compare(what, ours, expected, ours == expected);

    /// <summary>Compares a yes or no with the expected one.</summary>
    public void Answer(string what, bool ours, bool expected) => Answer(what, ours ? "yes" : "no", expected ? "yes" : "no");

    private void Compare(string what, string ours, string expected, bool agrees)
    {
        compared++;
        if (!agrees)
            Differing++;
        page.WriteLine($"    {what,-WhatWidth}{ours,FigureWidth}{expected,FigureWidth}  {(agrees ? "ok" : "DIFFERS")}");
    }

    private static string Index(Matrix<double> matrix, int row, int column) => (matrix.RowCount, matrix.ColumnCount) switch
    {
        (1, 1) => string.Empty,
        (1, _) => string.Create(CultureInfo.InvariantCulture, $"[{column}]"),
        (_, 1) => string.Create(CultureInfo.InvariantCulture, $"[{row}]"),
        _ => string.Create(CultureInfo.InvariantCulture, $"[{row},{column}]"),
    };

    private static string Text(double value, int digits) => value.ToString($"g{digits}", CultureInfo.InvariantCulture);
}
