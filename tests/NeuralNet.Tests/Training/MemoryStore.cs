using System.Text.Json;

namespace NeuralNet.Tests;

/// <summary>The newest checkpoint, copied, its state as the file would hold it.</summary>
internal sealed class MemoryStore : ICheckpointStore
{
    private string? state;
    private object? tensors;

    public bool IsEmpty => state is null;

    public void Save<T>(Checkpoint<T> checkpoint)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        state = JsonSerializer.Serialize(checkpoint.State, CheckpointJson.Default.TrainingState);
        tensors = checkpoint.Tensors.Select(tensor => tensor with { Values = tensor.Values.ToArray() }).ToArray();
    }

    public Checkpoint<T>? Load<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        state is null ? null : new Checkpoint<T>(JsonSerializer.Deserialize(state, CheckpointJson.Default.TrainingState)!, (NamedValues<T>[])tensors!);
}
