using System.Diagnostics;
using System.Globalization;
using MathNet.Numerics.LinearAlgebra.Storage;

namespace NeuralNet;

/// <summary>All checks of public arguments, and the words in which they fail: who, what was expected, what was found. Those of one room alone stand in that room.</summary>
[StackTraceHidden]
internal static partial class Guard
{
    public static void Precision<T>()
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"The precision must be float or double; got {typeof(T).Name}.");
    }

    /// <summary>A number within its range, in the style of <c>dropoutRatio must be in [0, 1); got 1.5.</c></summary>
    public static T InRange<T>(T value, bool holds, string range, string name)
        where T : IFormattable
    {
        if (!holds)
            throw new ArgumentOutOfRangeException(name, $"{name} must be {range}; got {value.ToString(null, CultureInfo.InvariantCulture)}.");
        return value;
    }

    /// <summary>The most steps that a file may speak of: as many as a <see langword="double"/> counts.</summary>
    public const long MostSteps = 1L << 53;

    public static double Positive(double value, string name) => InRange(value, value > 0 && double.IsFinite(value), "greater than 0 and finite", name);

    public static double NotNegative(double value, string name) => InRange(value, value >= 0 && double.IsFinite(value), "at least 0 and finite", name);

    public static double Finite(double value, string name) => InRange(value, double.IsFinite(value), "finite", name);

    /// <summary>The same of a number that the precision can tell from 0 and from infinity.</summary>
    public static double Positive<T>(double value, string name)
        where T : unmanaged, IFloatingPointIeee754<T> => Held<T>(Positive(value, name), name);

    /// <summary>What keeps a division finite, in the precision in which it is done.</summary>
    public static T Epsilon<T>(double value)
        where T : unmanaged, IFloatingPointIeee754<T> => T.CreateTruncating(Positive<T>(value, "epsilon"));

    public static double NotNegative<T>(double value, string name)
        where T : unmanaged, IFloatingPointIeee754<T> => Held<T>(NotNegative(value, name), name);

    public static double Finite<T>(double value, string name)
        where T : unmanaged, IFloatingPointIeee754<T> => Held<T>(Finite(value, name), name);

    public static double Share(double value, string name) => InRange(value, value is >= 0 and < 1, "in [0, 1)", name);

    public static int AtLeast(int minimum, int value, string name) =>
        value >= minimum ? value : InRange(value, false, string.Create(CultureInfo.InvariantCulture, $"at least {minimum}"), name);

    public static double Fraction(double value, string name) => InRange(value, value is >= 0 and <= 1, "in [0, 1]", name);

    /// <summary>What a schedule saved: as many numbers as it has.</summary>
    public static void ScheduleState(object who, int expected, IReadOnlyList<double> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Count != expected)
            throw new ArgumentException($"{InvariantText(who)} expects a state of {expected} numbers, got {state.Count}.", nameof(state));
    }

    /// <summary>A batch: at least one sample, of the expected width. <paramref name="who"/> is a layer or a network and speaks through its text.</summary>
    public static void Input<T>(object who, int expectedWidth, Matrix<T> input)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.RowCount == 0)
            throw new ArgumentException($"{who} expects at least one sample, got an empty batch {Text(input)}.", nameof(input));
        if (input.ColumnCount != expectedWidth)
            throw new ArgumentException($"{who} expects input of shape [N, {expectedWidth}], got {Text(input)}.", nameof(input));
    }

    public static void Output<T>(int rows, int columns, Matrix<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(output);
        if (output.RowCount != rows || output.ColumnCount != columns)
            throw new ArgumentException($"The network expects an output of shape [{rows}, {columns}], got {Text(output)}.", nameof(output));
        if (output.Storage is not DenseColumnMajorMatrixStorage<T>)
            throw new ArgumentException($"The network expects a dense output matrix, got {output.GetType().Name}.", nameof(output));
    }

    public static void Samples(int inputSize, int samples, int outputSize, int outputs)
    {
        if (samples == 0 || samples % inputSize != 0)
            throw new ArgumentException($"The network expects samples of {inputSize} numbers each, at least one; got {samples} numbers.", nameof(samples));
        if ((long)samples / inputSize * outputSize != outputs)
            throw new ArgumentException($"The network expects outputs of {samples / inputSize} x {outputSize} numbers, got {outputs}.", nameof(outputs));
    }

    /// <summary>Samples that are not overwritten before they are read: outputs elsewhere, or each where its sample is.</summary>
    public static void Apart<T>(ReadOnlySpan<T> samples, ReadOnlySpan<T> outputs)
    {
        if (samples.Overlaps(outputs, out int offset) && (offset != 0 || samples.Length != outputs.Length))
            throw new ArgumentException("outputs overlaps samples that are not read yet: give other memory, or the same span if both are equally long.", nameof(outputs));
    }

    /// <summary>What a layer, which may be an application's, gave for a batch.</summary>
    public static void LayerOutput<T>(ILayer<T> layer, Matrix<T> input, Shape expected, Matrix<T>? output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (output is null || output.RowCount != input.RowCount || output.ColumnCount != expected.Size)
            throw new InvalidOperationException($"{layer.Describe()} was given {Text(input)}, and its Build said that it makes {expected.ToSizeString()} of each sample: expected an output of [{input.RowCount}, {expected.Size}], got {(output is null ? "null" : Text(output))}.");
    }

    /// <summary>One sample that lies alone in memory.</summary>
    public static void Sample(Shape expected, int sample)
    {
        if (sample != expected.Size)
            throw new ArgumentException($"The network expects one sample of {expected.ToSizeString()} numbers, got {sample}.", nameof(sample));
    }

    public static void SameShape<T>(object who, Matrix<T> expected, Matrix<T> found, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(found, name);
        if (found.RowCount != expected.RowCount || found.ColumnCount != expected.ColumnCount)
            throw new ArgumentException($"{who} expects {name} of shape {Text(expected)}, got {Text(found)}.", name);
    }

    public static void RowsMatch<T>(Matrix<T> input, int count, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (input.RowCount != count)
            throw new ArgumentException($"There must be as many {what} as samples: expected {input.RowCount}, got {count}.", what);
    }

    public static void SampleWeights<T>(object who, int count, ReadOnlySpan<T> sampleWeights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (sampleWeights.IsEmpty)
            return;
        OneForEachSample(who, count, sampleWeights);
        T sum = T.Zero;
        for (int i = 0; i < count; i++)
        {
            if (!T.IsFinite(sampleWeights[i]) || sampleWeights[i] < T.Zero)
                throw new ArgumentException($"{who}: sampleWeights must be finite and at least 0; got {Number(sampleWeights[i])} at index {i}.", nameof(sampleWeights));
            sum += sampleWeights[i];
        }

        if (sum == T.Zero)
            throw new ArgumentException($"{who}: sampleWeights must not all be 0.", nameof(sampleWeights));
    }

    /// <summary>As many weights as samples, or none.</summary>
    public static void OneForEachSample<T>(object who, int count, ReadOnlySpan<T> sampleWeights)
    {
        if (!sampleWeights.IsEmpty && sampleWeights.Length != count)
            throw new ArgumentException($"{who} expects {count} sample weights, one for each sample, got {sampleWeights.Length}.", nameof(sampleWeights));
    }

    public static void DenseValues<T>(string name, Shape shape, Matrix<T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Storage is not DenseColumnMajorMatrixStorage<T>)
            throw new ArgumentException($"{name} expects a dense matrix, got {value.GetType().Name}.", nameof(value));
        if ((long)value.RowCount * value.ColumnCount != shape.Size)
            throw new ArgumentException($"{name} {shape.ToTensorString()} expects {shape.Size} values, got {Text(value)}.", nameof(value));
    }

    /// <summary>A name for each class, or none at all; a copy.</summary>
    public static IReadOnlyList<string> ClassNames(int outputs, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        int classes = Math.Max(2, outputs);
        if (names.Count != 0 && names.Count != classes)
            throw new ArgumentException($"ClassNames must be a name for each of the {classes} classes, or empty; got {names.Count}.", nameof(names));
        var seen = new HashSet<string>();
        foreach ((int i, string name) in names.Index())
        {
            if (string.IsNullOrEmpty(name) || !seen.Add(name))
                throw new ArgumentException($"ClassNames must differ and not be empty; number {i} is '{name}'.", nameof(names));
            if (!MetadataNames.IsUnicode(name))
                throw new ArgumentException($"ClassNames must be Unicode; number {i} holds half of a surrogate pair.", nameof(names));
        }

        return [.. names];
    }

    /// <summary>A text that may be anybody's, as an error quotes it.</summary>
    public static string Excerpt(string text, int length = 80) => text.Length <= length ? text : $"{text[..length]}...";

    /// <summary>A value that an enumeration has.</summary>
    public static T Defined<T>(T value, string values, string name)
        where T : struct, Enum => InRange(value, Enum.IsDefined(value), values, name);

    /// <summary>One of a list that holds no null.</summary>
    public static T Element<T>(T? element, int index, string name)
        where T : class => element ?? throw new ArgumentException($"{name} must not hold null; the one at index {index} is null.", name);

    /// <summary>The shape of a matrix as the errors write it: <c>[32, 100]</c>.</summary>
    public static string Text<T>(Matrix<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T> => $"[{matrix.RowCount}, {matrix.ColumnCount}]";

    /// <summary>The text of a rule or a schedule with numbers in the invariant culture, whatever the user's.</summary>
    public static string InvariantText(object described)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return described.ToString() ?? described.GetType().Name;
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static double Held<T>(double value, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Every update asks, which is to make no text where all is right.
        T held = T.CreateTruncating(value);
        return T.IsFinite(held) && (held != T.Zero || value == 0)
            ? value
            : InRange(value, false, $"a number that is neither 0 nor infinite when rounded to {typeof(T).Name}", name);
    }

    public static string Number<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
