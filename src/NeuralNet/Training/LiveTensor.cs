namespace NeuralNet;

/// <summary>A matrix that a checkpoint saves and overwrites, under its name in the checkpoint.</summary>
internal readonly record struct LiveTensor<T>(string Name, Shape Shape, Matrix<T> Value)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public NamedValues<T> Saved() => new(Name, Shape, Dense.Array(Value));
}
