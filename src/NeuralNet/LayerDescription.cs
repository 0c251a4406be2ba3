using System.Globalization;

namespace NeuralNet;

/// <summary>What a layer is, as data: its kind and its named hyperparameters, enough to create it again (without its weights).</summary>
/// <remarks>Hyperparameters are numbers, lists of numbers, truth values, texts and shapes. Initializers are not among them: a layer that is created again is given its values.</remarks>
public sealed class LayerDescription
{
    private readonly List<KeyValuePair<string, object>> values = [];
    private readonly string? text;

    /// <summary>Describes a layer without hyperparameters; add them with <see cref="With(string, double)"/> and its siblings.</summary>
    /// <param name="kind">The name under which <see cref="LayerRegistry"/> knows the layer.</param>
    /// <param name="text">What stands in the parentheses of <see cref="ToString"/>; by default the values of the hyperparameters.</param>
    public LayerDescription(string kind, string? text = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        (Kind, this.text) = (kind, text);
    }

    /// <summary>The name under which <see cref="LayerRegistry"/> knows the layer.</summary>
    public string Kind { get; }

    /// <summary>The hyperparameters in order.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Values => values;

    /// <summary>The descriptions of a composite's children.</summary>
    public IReadOnlyList<LayerDescription> Children { get; init; } = [];

    /// <summary>Describes a layer by the name of its type, as every layer does that says nothing else.</summary>
    /// <param name="layer">The layer.</param>
    /// <returns>A description without hyperparameters.</returns>
    public static LayerDescription Of(object layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return new LayerDescription(layer.GetType().Name.Split('`')[0]);
    }

    /// <summary>Adds a number.</summary>
    /// <param name="name">The hyperparameter's name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>This description.</returns>
    public LayerDescription With(string name, double value) => Add(name, value);

    /// <summary>Adds a whole number.</summary>
    /// <inheritdoc cref="With(string, double)"/>
    public LayerDescription With(string name, int value) => Add(name, value);

    /// <summary>Adds a truth value.</summary>
    /// <inheritdoc cref="With(string, double)"/>
    public LayerDescription With(string name, bool value) => Add(name, value);

    /// <summary>Adds a text.</summary>
    /// <inheritdoc cref="With(string, double)"/>
    public LayerDescription With(string name, string value) => Add(name, value);

    /// <summary>Adds a shape.</summary>
    /// <inheritdoc cref="With(string, double)"/>
    public LayerDescription With(string name, Shape value) => Add(name, value);

    /// <summary>Adds a list of numbers, which may be empty.</summary>
    /// <param name="name">The hyperparameter's name.</param>
    /// <param name="value">Its values; copied. Read them as an <see cref="IReadOnlyList{T}"/> of <see langword="double"/>.</param>
    /// <returns>This description.</returns>
    public LayerDescription With(string name, ReadOnlySpan<double> value) => Add(name, Array.AsReadOnly(value.ToArray()));

    /// <summary>Reads a hyperparameter.</summary>
    /// <typeparam name="TValue">Its type: <see langword="double"/>, <see langword="int"/>, <see langword="bool"/>, <see langword="string"/>, <see cref="Shape"/>, or <see cref="IReadOnlyList{T}"/> of <see langword="double"/>.</typeparam>
    /// <param name="name">Its name.</param>
    /// <returns>Its value.</returns>
    /// <exception cref="InvalidDataException">There is no such hyperparameter, or it is of another type.</exception>
    public TValue Get<TValue>(string name)
    {
        object? found = values.Find(value => value.Key == name).Value;
        return found switch
        {
            TValue value => value,

            // A file written by hand may say 1 for 1.0.
            int number when typeof(TValue) == typeof(double) => (TValue)(object)(double)number,
            null => throw new InvalidDataException($"The description of {Kind} lacks {name}; it has {(values.Count == 0 ? "no hyperparameters" : string.Join(", ", values.Select(value => value.Key)))}."),
            _ => throw new InvalidDataException($"The description of {Kind} expects {name} to be {typeof(TValue).Name}, found {found.GetType().Name} {found}."),
        };
    }

    /// <summary>Whether another has the same hyperparameters.</summary>
    internal bool HasValuesOf(LayerDescription other) =>
        values.Count == other.values.Count && values.Zip(other.values).All(pair => pair.First.Key == pair.Second.Key && AreEqual(pair.First.Value, pair.Second.Value));

    /// <summary>The layer in one line.</summary>
    /// <returns>For example <c>Affine(784 -&gt; 100)</c>, <c>LeakyRelu(0.01)</c>, <c>Relu</c>.</returns>
    public override string ToString()
    {
        string inside = text ?? string.Join(", ", values.Select(value => Text(value.Value)));
        return inside.Length == 0 ? Kind : $"{Kind}({inside})";
    }

    private static bool AreEqual(object one, object other) =>
        one is IReadOnlyList<double> list && other is IReadOnlyList<double> otherList ? list.SequenceEqual(otherList) : one.Equals(other);

    private static string Text(object value) => value is IReadOnlyList<double> list
        ? $"[{string.Join(", ", list.Select(number => Text(number)))}]"
        : string.Create(CultureInfo.InvariantCulture, $"{value}");

    private LayerDescription Add(string name, object value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        values.Add(new(name, value));
        return this;
    }
}
