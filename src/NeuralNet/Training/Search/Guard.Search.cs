namespace NeuralNet;

// Checks of a search: its ranges and its space.
internal static partial class Guard
{
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
}
