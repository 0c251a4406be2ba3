using System.Diagnostics.CodeAnalysis;

namespace NeuralNet;

// Checks of layers: what they are built behind, and what they are given.
internal static partial class Guard
{
    public static void NotEmpty<T>(object who, Matrix<T> input)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.ColumnCount == 0)
            throw new ArgumentException($"{who} expects at least one feature, got {Text(input)}.", nameof(input));
        Input(who, input.ColumnCount, input);
    }

    /// <summary>Up to what number a precision holds every whole one.</summary>
    public static long MostCountable<T>() => typeof(T) == typeof(float) ? 1 << 24 : 1L << 53;

    /// <summary>A gradient as large as the output it belongs to, and an output to belong to.</summary>
    public static void OutputGradient<T>(object who, [NotNull] Matrix<T>? output, Matrix<T> outputGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ForwardCame(who, output);
        ArgumentNullException.ThrowIfNull(outputGradient);
        if (outputGradient.RowCount != output.RowCount || outputGradient.ColumnCount != output.ColumnCount)
            throw new ArgumentException($"{who} expects an output gradient of shape {Text(output)}, got {Text(outputGradient)}.", nameof(outputGradient));
    }

    /// <summary>The same for a layer that keeps its input rather than its output.</summary>
    public static void OutputGradient<T>(object who, [NotNull] Matrix<T>? input, int outputSize, Matrix<T> outputGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ForwardCame(who, input);
        ArgumentNullException.ThrowIfNull(outputGradient);
        if (outputGradient.RowCount != input.RowCount || outputGradient.ColumnCount != outputSize)
            throw new ArgumentException($"{who} expects an output gradient of shape [{input.RowCount}, {outputSize}], got {Text(outputGradient)}.", nameof(outputGradient));
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
}
