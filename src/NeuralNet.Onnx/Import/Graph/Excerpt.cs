namespace NeuralNet.Onnx;

/// <summary>Names of a file in messages: a damaged one may be of any length.</summary>
internal static class Excerpt
{
    private const int MaxLength = 80;

    public static string Quote(string name) => name.Length <= MaxLength ? $"'{name}'" : $"'{name[..MaxLength]}…'";

    public static string List(IEnumerable<long> numbers)
    {
        string[] first = [.. numbers.Take(9).Select(number => number == Dimension.Samples ? "N" : $"{number}")];
        return first.Length > 8 ? $"[{string.Join(", ", first[..8])}, …]" : $"[{string.Join(", ", first)}]";
    }

    public static string List(IEnumerable<int> numbers) => List(numbers.Select(number => (long)number));
}
