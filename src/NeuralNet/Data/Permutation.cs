namespace NeuralNet;

/// <summary>Random orders, the same for a seed on every machine and in every version of .NET.</summary>
/// <remarks>With a <see cref="CounterRandom"/>; another generator gives what its <see cref="Random.Next(int)"/> gives.</remarks>
/// <seealso href="https://doi.org/10.1145/364520.364540">Durstenfeld (1964), Algorithm 235: Random permutation, the shuffle of Fisher and Yates.</seealso>
public static class Permutation
{
    /// <summary>A random order of the numbers 0 to <paramref name="count"/> - 1, each order equally likely.</summary>
    /// <param name="count">How many numbers, at least 0.</param>
    /// <param name="random">The generator.</param>
    /// <returns>A new array with each number once.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public static int[] Of(int count, Random random)
    {
        var permutation = new int[Guard.AtLeast(0, count, nameof(count))];
        Fill(permutation, random);
        return permutation;
    }

    /// <summary>Overwrites a span with a random order of the numbers 0 to its length - 1; allocates nothing.</summary>
    /// <param name="permutation">Receives each number once.</param>
    /// <param name="random">The generator.</param>
    public static void Fill(Span<int> permutation, Random random)
    {
        FillInOrder(permutation);
        Shuffle(permutation, random);
    }

    /// <summary>Brings numbers into a random order.</summary>
    /// <param name="numbers">The numbers; exchanged in place.</param>
    /// <param name="random">The generator.</param>
    public static void Shuffle(Span<int> numbers, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        for (int last = numbers.Length - 1; last > 0; last--)
        {
            int chosen = random.Next(last + 1);
            (numbers[last], numbers[chosen]) = (numbers[chosen], numbers[last]);
        }
    }

    internal static void FillInOrder(Span<int> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = i;
    }
}
