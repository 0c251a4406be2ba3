namespace NeuralNet;

/// <summary>A rule for the initial values of a parameter.</summary>
public interface IInitializer
{
    /// <summary>Fills a parameter with initial values.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="values">What to fill, in PyTorch's order of the parameter's shape; a weight's are rows of <paramref name="fanIn"/> numbers, one for each output.</param>
    /// <param name="fanIn">How many inputs one output reads.</param>
    /// <param name="fanOut">How many outputs one input reaches.</param>
    /// <param name="random">The source of randomness.</param>
    void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
