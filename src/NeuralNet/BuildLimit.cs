namespace NeuralNet;

/// <summary>
/// What the layers may hold that are created on this thread from a file's description, which anyone may have written: as many parameters and states as the file has numbers,
/// and samples of a size that layers can work with.
/// </summary>
internal static class BuildLimit
{
    // The numbers that one sample makes in all layers; 1 GB in float.
    private const long MostOfSample = 1 << 28;

    [ThreadStatic]
    private static Left? left;

    /// <summary>Sets the limit until the scope is disposed of.</summary>
    /// <param name="numbers">How many numbers there are for parameters and states.</param>
    public static Scope Enter(long numbers) => new(numbers);

    /// <summary>Counts the numbers of a new parameter or state.</summary>
    /// <exception cref="InvalidDataException">There are not so many left.</exception>
    public static void TakeNumbers(long count)
    {
        if (left is { } limit && (limit.Numbers -= count) < 0)
            throw new InvalidDataException($"The layers up to it hold more numbers than the {limit.AllNumbers} of the file's tensors.");
    }

    /// <summary>Counts what one sample becomes behind a layer.</summary>
    /// <exception cref="InvalidDataException">It is too much.</exception>
    public static void TakeSample(Shape shape)
    {
        if (left is { } limit && (limit.OfSample -= shape.Size) < 0)
            throw new InvalidDataException($"One sample makes more than {MostOfSample} numbers in the layers up to it, the most that a file may ask for.");
    }

    public readonly ref struct Scope
    {
        private readonly Left? before;

        public Scope(long numbers)
        {
            before = left;
            left = new Left { AllNumbers = numbers, Numbers = numbers };
        }

        public void Dispose() => left = before;
    }

    private sealed class Left
    {
        public required long AllNumbers { get; init; }

        public required long Numbers { get; set; }

        public long OfSample { get; set; } = MostOfSample;
    }
}
