namespace NeuralNet.Tests;

/// <summary>A transform of gradients.</summary>
/// <param name="Name">The row's name, also in the golden values.</param>
/// <param name="Create">Creates it.</param>
internal sealed record TransformCase(string Name, Func<IGradientTransform> Create)
{
    public override string ToString() => Name;
}
