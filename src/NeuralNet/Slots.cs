namespace NeuralNet;

/// <summary>What a rule remembers of one parameter.</summary>
/// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
public readonly ref struct Slots<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<OptimizerSlot<T>> slots;

    internal Slots(ReadOnlySpan<OptimizerSlot<T>> slots) => this.slots = slots;

    /// <summary>One slot, as many numbers as the parameter has.</summary>
    /// <param name="index">Its index in <see cref="IOptimizerRule.SlotNames"/>.</param>
    public Span<T> this[int index] => slots[index].Value.Values();
}
