using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The exponential moving averages of a network's weights, and the way to put them in the weights' place for a while.</summary>
internal sealed class WeightAverages<T>(Network<T> network, double decay)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What the averages are called in files.</summary>
    public const string SlotName = "average";

    private readonly OptimizerSlot<T>[] averages = [.. network.Parameters.Select(parameter => new OptimizerSlot<T>(SlotName, parameter))];

    public IReadOnlyList<OptimizerSlot<T>> Averages => averages;

    /// <summary>Whether the averages stand in the weights' place, and the weights in theirs.</summary>
    public bool AreInUse { get; private set; }

    /// <summary>Makes the averages the weights themselves.</summary>
    public void Begin() => Follow(0);

    /// <summary>Takes in the weights.</summary>
    public void Follow() => Follow(decay);

    public IDisposable Use()
    {
        Swap();
        return new Scope(this);
    }

    private void Follow(double decay)
    {
        using ThreadLimit.Scope limit = ThreadLimit.Enter(network.MaxThreads);
        var rule = new Mean(T.CreateTruncating(decay), T.CreateTruncating(1 - decay));
        for (int i = 0; i < averages.Length; i++)
            ParameterUpdate.Run(rule, averages[i].Value.Values(), network.Parameters[i].Value.Values());
    }

    private void Swap()
    {
        using ThreadLimit.Scope limit = ThreadLimit.Enter(network.MaxThreads);
        for (int i = 0; i < averages.Length; i++)
            ParameterUpdate.Run(default(Exchange), network.Parameters[i].Value.Values(), network.Parameters[i].Value.Values(), averages[i].Value.Values());
        AreInUse = !AreInUse;
    }

    private sealed class Scope(WeightAverages<T> averages) : IDisposable
    {
        private bool isDisposed;

        public void Dispose()
        {
            if (!isDisposed)
                averages.Swap();
            isDisposed = true;
        }
    }

    private readonly struct Mean(T decay, T rest) : IUpdateOperator<T>
    {
        public static int SlotCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V weight, ref V slot0, ref V slot1, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            value = (decay * value) + (rest * weight);
        }
    }

    private readonly struct Exchange : IUpdateOperator<T>
    {
        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V weight, ref V average, ref V slot1, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            value = average;
            average = weight;
        }
    }
}
