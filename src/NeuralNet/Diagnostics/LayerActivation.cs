namespace NeuralNet;

/// <summary>What a layer makes of one sample.</summary>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <param name="Path">Its place: <c>2</c>, or <c>2.0</c> for the first child of a composite that is layer 2.</param>
/// <param name="Layer">The layer in one line.</param>
/// <param name="Shape">The shape of its output.</param>
/// <param name="Values">Its output, <paramref name="Shape"/>.Size numbers, the last dimension running fastest; a copy that stays as it is.</param>
public sealed record LayerActivation<T>(string Path, string Layer, Shape Shape, IReadOnlyList<T> Values)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How deep it is nested, from 0.</summary>
    public int Depth => Path.Count(letter => letter == '.');
}
