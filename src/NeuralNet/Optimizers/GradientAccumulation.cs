using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The sum of the gradients of several batches, until there are enough for an update.</summary>
internal sealed class GradientAccumulation<T>(Network<T> network, int steps)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What the sums are called in files.</summary>
    public const string SlotName = "accumulated_gradient";

    private readonly OptimizerSlot<T>[] sums = [.. network.Parameters.Select(parameter => new OptimizerSlot<T>(SlotName, parameter))];

    public IReadOnlyList<OptimizerSlot<T>> Sums => sums;

    /// <summary>How many gradients are in the sums.</summary>
    public int Count { get; set; }

    /// <summary>Whether the gradients that come next are the last before the update.</summary>
    public bool IsLast => Count == steps - 1;

    /// <summary>Adds the gradients.</summary>
    public void Add()
    {
        for (int i = 0; i < sums.Length; i++)
        {
            Parameter<T> parameter = network.Parameters[i];
            if (parameter.Trainable)
                ParameterUpdate.Run(default(Sum), sums[i].Value.Values(), parameter.Gradient.Values());
        }

        Count++;
    }

    /// <summary>Adds the last gradients, writes the mean over them and begins anew.</summary>
    public void Finish()
    {
        for (int i = 0; i < sums.Length; i++)
        {
            Parameter<T> parameter = network.Parameters[i];
            if (parameter.Trainable)
                ParameterUpdate.Run(new Mean(T.CreateTruncating(steps)), parameter.Gradient.Values(), parameter.Gradient.Values(), sums[i].Value.Values());
            else
                sums[i].Value.Values().Clear();
        }

        Count = 0;
    }

    private readonly struct Sum : IUpdateOperator<T>
    {
        public static int SlotCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V slot0, ref V slot1, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            value += g;
        }
    }

    private readonly struct Mean(T steps) : IUpdateOperator<T>
    {
        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V sum, ref V slot1, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            value = (sum + g) / V.Broadcast(steps);
            sum = V.Broadcast(T.Zero);
        }
    }
}
