using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MathNet.Numerics.LinearAlgebra.Storage;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>All checks of public arguments, and the words in which they fail: who, what was expected, what was found.</summary>
[StackTraceHidden]
internal static class Guard
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

    public static double Positive(double value, string name) => InRange(value, value > 0 && double.IsFinite(value), "greater than 0 and finite", name);

    public static double NotNegative(double value, string name) => InRange(value, value >= 0 && double.IsFinite(value), "at least 0 and finite", name);

    public static double Finite(double value, string name) => InRange(value, double.IsFinite(value), "finite", name);

    public static double Share(double value, string name) => InRange(value, value is >= 0 and < 1, "in [0, 1)", name);

    public static int AtLeast(int minimum, int value, string name) =>
        InRange(value, value >= minimum, string.Create(CultureInfo.InvariantCulture, $"at least {minimum}"), name);

    public static double Fraction(double value, string name) => InRange(value, value is >= 0 and <= 1, "in [0, 1]", name);

    /// <summary>A data set whose samples fit a network with a loss.</summary>
    public static void Dataset<T>(string role, Network<T> network, IDataset<T> dataset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (dataset.FeatureShape.Size != network.InputShape.Size)
            throw new ArgumentException($"The network expects samples of {network.InputShape}, the {role} set {dataset} has {dataset.FeatureShape}.");
        if (dataset.TargetShape.Size != network.OutputShape.Size)
            throw new ArgumentException($"The network expects targets of {network.OutputShape}, the {role} set {dataset} has {dataset.TargetShape}.");
    }

    /// <summary>What a schedule saved: as many numbers as it has.</summary>
    public static void ScheduleState(object who, int expected, IReadOnlyList<double> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Count != expected)
            throw new ArgumentException($"{who} expects a state of {expected} numbers, got {state.Count}.", nameof(state));
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

    /// <summary>A series of a chart: as many x as y.</summary>
    public static void Pairs(string series, int x, int y)
    {
        if (x != y)
            throw new ArgumentException($"The series \"{series}\" expects as many x as y; got {x} x and {y} y.", nameof(y));
    }

    /// <summary>The ends of a chart's axis.</summary>
    public static void Interval(double from, double to, string name)
    {
        if (!(Math.Abs(from) <= 1e300 && Math.Abs(to) <= 1e300 && to - from > Math.Max(1e-300, 1e-9 * Math.Max(Math.Abs(from), Math.Abs(to)))))
            throw new ArgumentException($"{name} must run from a finite number to a greater one; got [{Number(from)}, {Number(to)}].", name);
    }

    public static void Pixels(int pixels, Shape shape)
    {
        if (pixels != shape.Size)
            throw new ArgumentException($"An image expects {shape.ToSizeString()} pixel values, got {pixels}.", nameof(pixels));
    }

    /// <summary>The counts of a heat map: one for each row and column.</summary>
    public static void Cells(int rows, int columns, long[,] counts)
    {
        if (rows == 0 || columns == 0)
            throw new ArgumentException($"A heat map needs at least one row and one column, got {rows} and {columns} names.", nameof(rows));
        if (counts.GetLength(0) != rows || counts.GetLength(1) != columns)
            throw new ArgumentException($"A heat map of {rows} rows and {columns} columns expects counts [{rows}, {columns}], got [{counts.GetLength(0)}, {counts.GetLength(1)}].", nameof(counts));
        foreach (long count in counts)
            InRange(count, count >= 0, "at least 0", nameof(counts));
    }

    public static void ClassNames(int classes, int? names)
    {
        if (names is { } found && found != classes)
            throw new ArgumentException($"A confusion matrix of {classes} classes expects as many class names, got {found}.", nameof(names));
    }

    public static void Drawable(int images, long height, long width, int channels)
    {
        if (images == 0)
            throw new InvalidOperationException("An image grid needs at least one image: call Add first.");
        if (height > Array.MaxLength || width > Array.MaxLength / channels / height)
            throw new InvalidOperationException($"A picture of {height} x {width} pixels does not fit into one array. Use a smaller scale or fewer images.");
    }

    public static void NotEmpty<T>(object who, Matrix<T> input)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(input);
        Input(who, input.ColumnCount, input);
    }

    /// <summary>A gradient as large as the output it belongs to, and an output to belong to.</summary>
    public static void OutputGradient<T>(object who, [NotNull] Matrix<T>? output, Matrix<T> outputGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ForwardCame(who, output);
        ArgumentNullException.ThrowIfNull(outputGradient);
        if (outputGradient.RowCount != output.RowCount || outputGradient.ColumnCount != output.ColumnCount)
            throw new ArgumentException($"{who} expects an output gradient of shape {Text(output)}, got {Text(outputGradient)}.", nameof(outputGradient));
    }

    public static void ForwardCame(object who, [NotNull] object? kept)
    {
        if (kept is null)
            throw new InvalidOperationException($"{who}: Backward was called before Forward.");
    }

    public static void Built(object who, [NotNull] object? parameter)
    {
        if (parameter is null)
            throw new InvalidOperationException($"{who}: Forward was called before Build. Put the layer into a network, or call Build with the input shape.");
    }

    /// <summary>The values of a weight as rows of so many inputs each; how many rows.</summary>
    public static int WholeRows(string who, int values, int fanIn)
    {
        if (fanIn < 1 || values % fanIn != 0)
            throw new ArgumentException($"{who} fills rows of fanIn numbers, the weights of one output; got {values} values and a fanIn of {fanIn}.", nameof(values));
        return values / fanIn;
    }

    /// <summary>The children of a composite: none is null.</summary>
    public static ILayer<T>[] Children<T>(string who, IEnumerable<ILayer<T>> children)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Precision<T>();
        ArgumentNullException.ThrowIfNull(children);
        ILayer<T>[] layers = [.. children];
        int nothing = Array.IndexOf(layers, null);
        return nothing < 0 ? layers : throw new ArgumentException($"Layer {nothing} of {who} is null.", nameof(children));
    }

    /// <summary>What a residual block adds: f(x), and what comes by the way around it, of a projection or x itself.</summary>
    public static void Summands(object who, object function, Shape functionShape, object? projection, Shape shortcutShape)
    {
        if (functionShape == shortcutShape)
            return;
        throw new ArgumentException(projection is null
            ? $"{who} adds its input and what its block makes of it, which must be of one shape: the input is {shortcutShape.ToSizeString()}, but {function} gives {functionShape.ToSizeString()}. Give it a projection to that shape."
            : $"{who} adds what its projection and its block give, which must be of one shape: the projection {projection} gives {shortcutShape.ToSizeString()}, but the block {function} gives {functionShape.ToSizeString()}.");
    }

    /// <summary>Outputs that can stand one behind the other: alike but for the first dimension.</summary>
    public static void Concatenable(object who, object first, Shape firstShape, object other, Shape otherShape)
    {
        if (!firstShape.Dimensions[1..].SequenceEqual(otherShape.Dimensions[1..]))
        {
            throw new ArgumentException(
                $"{who} joins its branches along the first dimension, so the other dimensions must agree: {first} gives {firstShape.ToSizeString()}, but {other} gives {otherShape.ToSizeString()}.");
        }
    }

    public static void SampleSize(object who, int expected, Shape inputShape)
    {
        if (inputShape.Size != expected)
            throw new ArgumentException($"{who} expects {expected} values a sample, got {inputShape.ToSizeString()}.", nameof(inputShape));
    }

    /// <summary>An image with the channels that a layer was built for, if it was.</summary>
    public static void SameChannels(object who, int? builtFor, Shape inputShape)
    {
        if (builtFor is { } channels && channels != inputShape[0])
            throw new ArgumentException($"{who} was built for {channels} channels, got {inputShape}.", nameof(inputShape));
    }

    /// <summary>A sample that is an image.</summary>
    public static void Image(object who, Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        if (inputShape.Rank != 3)
            throw new ArgumentException($"{who} expects an image of shape (channels, height, width), got {inputShape.ToSizeString()}. Begin the network with Network.Input(new Shape(channels, height, width)).", nameof(inputShape));
    }

    public static void SampleShape(object who, Shape expected, Shape inputShape)
    {
        if (inputShape != expected)
            throw new ArgumentException($"{who} was built for samples of shape {expected}, got {inputShape}.", nameof(inputShape));
    }

    /// <summary>Numbers to take a mean and a variance of: one alone has no variance.</summary>
    public static void SeveralValues<T>(object who, int positions, Matrix<T> input)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (input.RowCount * positions < 2)
        {
            throw new ArgumentException(
                $"{who} expects at least 2 samples in training, got {Text(input)}: one value for each channel has no variance. Use larger batches, a batch size that leaves no last batch of 1, or predict.", nameof(input));
        }
    }

    /// <summary>Channels that can be split into groups of as many each.</summary>
    public static void WholeGroups(object who, int groups, Shape inputShape)
    {
        if (inputShape[0] % groups != 0)
            throw new ArgumentException($"{who} expects a number of channels that is a multiple of {groups}, got {inputShape[0]} in {inputShape.ToSizeString()}.", nameof(inputShape));
    }

    /// <summary>A number that stands for one of so many things.</summary>
    public static int Index<T>(object who, int count, T input, int row, int column)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!(T.IsInteger(input) && input >= T.Zero && input < T.CreateTruncating(count)))
            throw new ArgumentException($"{who} expects whole numbers from 0 to {count - 1}, got {Number(input)} at row {row}, column {column}.", nameof(input));
        return int.CreateTruncating(input);
    }

    /// <summary>Two classes or more, and why: a softmax over one score learns nothing.</summary>
    public static void SeveralScores(object who, Shape inputShape, string why = "a softmax over one score is always 1. Use SigmoidWithLoss for two classes in one output.")
    {
        if (inputShape.Size < 2)
            throw new ArgumentException($"{who} expects at least 2 scores a sample, got 1: {why}", nameof(inputShape));
    }

    public static void SameShape<T>(object who, Matrix<T> expected, Matrix<T> found, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(found, name);
        if (found.RowCount != expected.RowCount || found.ColumnCount != expected.ColumnCount)
            throw new ArgumentException($"{who} expects {name} of shape {Text(expected)}, got {Text(found)}.", name);
    }

    /// <summary>What a loss compares: scores and targets of one shape, and weights for the samples or none.</summary>
    public static void Loss<T>(object who, Matrix<T> input, Matrix<T> target, ReadOnlySpan<T> sampleWeights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NotEmpty(who, input);
        SameShape(who, input, target, nameof(target));
        SampleWeights(who, input.RowCount, sampleWeights);
    }

    /// <summary>What a loss is divided by.</summary>
    public static double TotalWeight(object who, double total)
    {
        if (total == 0)
            throw new ArgumentException($"{who}: no target has a class of weight greater than 0 in a sample of weight greater than 0, so there is nothing to take the mean of.");
        return total;
    }

    /// <summary>Weights for the outputs of a loss, or none.</summary>
    public static void OutputWeights(ReadOnlySpan<double> weights, string name)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            if (!double.IsFinite(weights[i]) || weights[i] < 0)
                throw new ArgumentException($"{name} must be finite and at least 0; got {Number(weights[i])} at index {i}.", name);
        }

        if (!weights.IsEmpty && weights.IndexOfAnyExcept(0) < 0)
            throw new ArgumentException($"{name} must not all be 0.", name);
    }

    /// <summary>Class weights where labels are smoothed: the classes' shares in a target count, whatever its own class weighs, so that the mean of a part could be one over a weight of 0.</summary>
    public static void SmoothedClassWeights(ReadOnlySpan<double> weights, string name)
    {
        if (weights.Contains(0))
            throw new ArgumentException($"{name} must be greater than 0 where labels are smoothed, because every class has a share in every target; got 0 at index {weights.IndexOf(0)}.", name);
    }

    public static void OnePerOutput(object who, int outputs, int found, string name)
    {
        if (found != outputs)
            throw new ArgumentException($"{who} expects {outputs} {name}, one for each output, got {found}.", name);
    }

    /// <summary>Targets of a loss between distributions.</summary>
    public static void TargetsNotNegative<T>(object who, Matrix<T> target, ReadOnlySpan<T> sampleWeights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int column = 0; column < target.ColumnCount; column++)
        {
            ReadOnlySpan<T> values = target.View().Column(column);
            for (int row = 0; row < values.Length; row++)
            {
                if (!(values[row] >= T.Zero) && Counts(sampleWeights, row))
                    throw new ArgumentException($"{who} expects targets of at least 0; got {Number(values[row])} at row {row}, column {column}.", nameof(target));
            }
        }
    }

    /// <summary>Targets of a loss that asks for the class itself.</summary>
    public static void OneHotRows<T>(object who, Matrix<T> target, ReadOnlySpan<T> sampleWeights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        MatrixSpan<T> t = target.View();
        for (int row = 0; row < t.Rows; row++)
        {
            if (!Counts(sampleWeights, row))
                continue;
            int ones = 0;
            for (int column = 0; column < t.Columns; column++)
            {
                if (t[row, column] != T.Zero && t[row, column] != T.One)
                    throw new ArgumentException($"{who} expects one-hot targets, a single 1 in each row and else 0; got {Number(t[row, column])} at row {row}, column {column}.", nameof(target));
                ones += t[row, column] == T.One ? 1 : 0;
            }

            if (ones != 1)
                throw new ArgumentException($"{who} expects one-hot targets, a single 1 in each row and else 0; got {ones} ones in row {row}.", nameof(target));
        }
    }

    private static bool Counts<T>(ReadOnlySpan<T> sampleWeights, int row)
        where T : unmanaged, IFloatingPointIeee754<T> => sampleWeights.IsEmpty || sampleWeights[row] != T.Zero;

    public static void LossCame(object who, [NotNull] object? target)
    {
        if (target is null)
            throw new InvalidOperationException($"{who}: Backward was called before Forward with a target.");
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
        if (sampleWeights.Length != count)
            throw new ArgumentException($"{who} expects {count} sample weights, one for each sample, got {sampleWeights.Length}.", nameof(sampleWeights));

        T sum = T.Zero;
        for (int i = 0; i < count; i++)
        {
            if (!T.IsFinite(sampleWeights[i]) || T.IsNegative(sampleWeights[i]))
                throw new ArgumentException($"{who}: sampleWeights must be finite and at least 0; got {Number(sampleWeights[i])} at index {i}.", nameof(sampleWeights));
            sum += sampleWeights[i];
        }

        if (sum == T.Zero)
            throw new ArgumentException($"{who}: sampleWeights must not all be 0.", nameof(sampleWeights));
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

    /// <summary>Numbers of samples that lie one after another: a whole number of samples, at least one.</summary>
    public static int SampleCount(object who, Shape sampleShape, int numbers, string name)
    {
        if (numbers == 0 || numbers % sampleShape.Size != 0)
            throw new ArgumentException($"{who} expects {name} of {sampleShape.ToSizeString()} numbers a sample, at least one sample; got {numbers} numbers.", name);
        return numbers / sampleShape.Size;
    }

    /// <summary>A shape, which may have no dimensions or such of 0, and as many values as it holds.</summary>
    public static void ArrayShape(ReadOnlySpan<int> dimensions, int values)
    {
        string shape = $"[{string.Join(", ", dimensions.ToArray())}]";
        if (dimensions.Length > 64)
            throw new ArgumentException($"An array has at most 64 dimensions; got {dimensions.Length}.", nameof(dimensions));
        UInt128 count = 1;
        foreach (int dimension in dimensions)
        {
            InRange(dimension, dimension >= 0, "at least 0", nameof(dimensions));
            count = UInt128.Min(count * (uint)dimension, ulong.MaxValue);
        }

        if (count != (UInt128)values)
            throw new ArgumentException($"An array of shape {shape} expects {count} values, got {values}.", nameof(values));
    }

    /// <summary>A data set with classes.</summary>
    public static void HasLabels(string what, object dataset, ReadOnlySpan<int> labels)
    {
        if (labels.IsEmpty)
            throw new ArgumentException($"{what} needs labels, and {dataset} has none.", nameof(dataset));
    }

    /// <summary>A data set of images.</summary>
    public static void ImageSamples(object dataset, Shape featureShape)
    {
        if (featureShape.Rank != 3)
            throw new ArgumentException($"Augmentation expects images of shape (channels, height, width), and the samples of {dataset} have shape {featureShape.ToSizeString()}.", nameof(dataset));
    }

    /// <summary>An image to augment, and as much memory for the result.</summary>
    public static void Augmentation(object who, int imageLength, int resultLength, Shape imageShape, Random random)
    {
        ArgumentNullException.ThrowIfNull(imageShape);
        ArgumentNullException.ThrowIfNull(random);
        if (imageShape.Rank != 3)
            throw new ArgumentException($"{who.GetType().Name} expects an image of shape (channels, height, width), got {imageShape.ToSizeString()}.", nameof(imageShape));
        if (imageLength != imageShape.Size || resultLength != imageShape.Size)
            throw new ArgumentException($"{who.GetType().Name} expects an image and a result of {imageShape.ToSizeString()} numbers, got {imageLength} and {resultLength}.", nameof(imageShape));
    }

    public static void OnePerSample(object who, int count, int found, string name)
    {
        if (found != count)
            throw new ArgumentException($"{who} expects {count} {name}, one for each sample, got {found}.", name);
    }

    /// <summary>Indices into a data set.</summary>
    public static void Indices(object who, int count, ReadOnlySpan<int> indices)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            if ((uint)indices[i] >= (uint)count)
                throw new ArgumentOutOfRangeException(nameof(indices), $"{who}: indices must be from 0 to {count - 1}; got {indices[i]} at place {i}.");
        }
    }

    public static void HasLabels<T>(string who, IDataset<T> dataset, string instead)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (dataset.Labels.IsEmpty)
            throw new ArgumentException($"{who} needs labels, and {dataset} has none. Use {instead}.", nameof(dataset));
    }

    /// <summary>A dense matrix for a batch of a data set.</summary>
    public static void Batch<T>(object who, int rows, Shape shape, Matrix<T> matrix, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(matrix, name);
        if (matrix.RowCount != rows || matrix.ColumnCount != shape.Size)
            throw new ArgumentException($"{who} expects {name} of shape [{rows}, {shape.Size}], got {Text(matrix)}.", name);
        if (matrix.Storage is not DenseColumnMajorMatrixStorage<T>)
            throw new ArgumentException($"{who} expects a dense matrix of {name}, got {matrix.GetType().Name}.", name);
    }

    /// <summary>A value that an enumeration has.</summary>
    public static T Defined<T>(T value, string values, string name)
        where T : struct, Enum => InRange(value, Enum.IsDefined(value), values, name);

    /// <summary>What a metric compares: predictions and targets of one shape.</summary>
    public static void Predictions<T>(string who, Matrix<T> predictions, Matrix<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(predictions);
        if (predictions.RowCount == 0)
            throw new ArgumentException($"{who} expects at least one sample, got an empty batch {Text(predictions)}.", nameof(predictions));
        SameShape(who, predictions, targets, nameof(targets));
    }

    /// <summary>Predictions as wide as those that a metric has taken in before.</summary>
    public static void SameColumns<T>(string who, int expected, Matrix<T> predictions)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (predictions.ColumnCount != expected)
            throw new ArgumentException($"{who} expects predictions of shape [N, {expected}], as those before, got {Text(predictions)}. Call Reset to begin anew.", nameof(predictions));
    }

    /// <summary>Predictions for so many classes.</summary>
    public static void ClassColumns<T>(string who, int classes, Matrix<T> predictions)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (OneHot.Classes(predictions.ColumnCount) != classes)
            throw new ArgumentException($"{who} expects predictions of shape [N, {classes}]{(classes == 2 ? " or [N, 1]" : "")}, got {Text(predictions)}.", nameof(predictions));
    }

    public static void SeveralColumns<T>(string who, Matrix<T> predictions)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (predictions.ColumnCount < 2)
            throw new ArgumentException($"{who} expects predictions of at least 2 columns, one for each class, got {Text(predictions)}.", nameof(predictions));
    }

    /// <summary>The class that a metric measures is one of those that there are.</summary>
    public static void HasClass(string who, int label, int classes)
    {
        if (label >= classes)
            throw new ArgumentException($"{who} expects predictions of more than {label} classes, got {classes}.");
    }

    /// <summary>Targets that are classes.</summary>
    public static void TargetClasses<T>(string who, MatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < targets.Values.Length; i++)
        {
            if (T.IsNaN(targets.Values[i]))
                throw new ArgumentException($"{who} expects targets that are classes; got NaN at row {i % targets.Rows}, column {i / targets.Rows}.", nameof(targets));
        }
    }

    /// <summary>One of a list that holds no null.</summary>
    public static T Element<T>(T? element, int index, string name)
        where T : class => element ?? throw new ArgumentException($"{name} must not hold null; the one at index {index} is null.", name);

    public static void Name(string name, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        if (string.IsNullOrWhiteSpace(name))
            throw new ArgumentException($"{parameter} must not be empty.", parameter);
    }

    /// <summary>Values to choose from: at least one, each once.</summary>
    public static void Choices<T>(string name, T[] values)
    {
        if (values.Length == 0)
            throw new ArgumentException($"{name} expects at least one value to choose from.", nameof(values));
        for (int i = 0; i < values.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(values[i], nameof(values));
            if (Array.IndexOf(values, values[i]) < i)
                throw new ArgumentException($"{name} expects each value once; {FormattableString.Invariant($"{values[i]}")} is there twice.", nameof(values));
        }
    }

    /// <summary>Named things: at least one, none null, each of another name.</summary>
    public static void DifferentNames(string who, string what, string?[] names)
    {
        if (names.Length == 0)
            throw new ArgumentException($"{who} expects at least one of its {what}.");
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i] is null)
                throw new ArgumentException($"{who} expects {what}; the one at index {i} is null.");
            if (Array.IndexOf(names, names[i]) < i)
                throw new ArgumentException($"{who} expects {what} of different names; {names[i]} is there twice.");
        }
    }

    public static void Combinations(double combinations)
    {
        if (combinations > Array.MaxLength)
            throw new ArgumentException($"A grid expects at most {Array.MaxLength} combinations, got {Number(combinations)}. Use a random search.");
    }

    /// <summary>The numbers of a scaling: as many factors as offsets, none that spoils what it scales.</summary>
    public static void Scaling(ReadOnlySpan<double> offsets, ReadOnlySpan<double> factors)
    {
        if (offsets.IsEmpty || offsets.Length != factors.Length)
            throw new ArgumentException($"A scaling expects as many factors as offsets, at least one; got {offsets.Length} offsets and {factors.Length} factors.", nameof(factors));
        for (int i = 0; i < offsets.Length; i++)
        {
            if (!double.IsFinite(offsets[i]))
                throw new ArgumentException($"offsets must be finite; got {Number(offsets[i])} at index {i}.", nameof(offsets));
            if (!double.IsFinite(factors[i]) || factors[i] == 0)
                throw new ArgumentException($"factors must be finite and not 0; got {Number(factors[i])} at index {i}.", nameof(factors));
        }
    }

    /// <summary>A sample that has a number of a scaling for each feature, or for each channel.</summary>
    public static void Scales(object who, int numbers, Shape shape, string name)
    {
        if (shape.Size != numbers && shape[0] != numbers)
            throw new ArgumentException($"{who} expects samples of {numbers} numbers or {numbers} channels, got {shape.ToSizeString()}.", name);
    }

    /// <summary>Samples as wide as a scaling, or a multiple of that.</summary>
    public static void Scales<T>(object who, int numbers, Matrix<T> samples, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(samples, name);
        if (samples.ColumnCount % numbers != 0)
            throw new ArgumentException($"{who} expects samples of shape [N, {numbers}], or a multiple of {numbers} columns; got {Text(samples)}.", name);
    }

    /// <summary>Targets that are measured, not classes.</summary>
    public static void TargetsAreNumbers<T>(IDataset<T> dataset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (!dataset.Labels.IsEmpty)
            throw new ArgumentException($"{dataset} has classes: its targets are not numbers to scale.", nameof(dataset));
    }

    /// <summary>A statistic that is finite because every number that it was taken of is.</summary>
    public static void FiniteFeature(object dataset, string what, int index, double statistic)
    {
        if (!double.IsFinite(statistic))
            throw new ArgumentException($"{dataset}: {what} {index} is not finite in every sample, or too large to take a mean of, so it cannot be scaled.", nameof(dataset));
    }

    /// <summary>A number that the precision can hold.</summary>
    public static T Representable<T>(string who, double value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T rounded = T.CreateTruncating(value);
        return T.IsFinite(rounded) ? rounded : throw new ArgumentException($"{who}: {Number(value)} is too large for {typeof(T).Name}.");
    }

    /// <summary>The array of a column-major matrix, as MathNet's providers take it; the exceptions are of their type.</summary>
    public static void ColumnMajor<T>(T[] values, int rows, int columns, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        if (rows < 0 || columns < 0)
            throw new ArgumentOutOfRangeException(name, $"{name} must have at least 0 rows and columns; got [{rows}, {columns}].");
        if ((long)rows * columns != values.Length)
            throw new ArgumentOutOfRangeException(name, $"{name} [{rows}, {columns}] expects {(long)rows * columns} values, got {values.Length}.");
    }

    /// <summary>The factors of a product, transposed where they are to be.</summary>
    public static void Factors(int rows, int depth, int depthOfRight, int columns, string name)
    {
        if (depth != depthOfRight)
            throw new ArgumentOutOfRangeException(name, $"A product expects as many rows on the right as columns on the left, got [{rows}, {depth}] times [{depthOfRight}, {columns}].");
    }

    /// <summary>The shape of a matrix as the errors write it: <c>[32, 100]</c>.</summary>
    public static string Text<T>(Matrix<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T> => $"[{matrix.RowCount}, {matrix.ColumnCount}]";

    public static string Number<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
