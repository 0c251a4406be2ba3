using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Adds the gradient of the penalty <c>strength / 2·Σw²</c>, <c>g = g + strength·w</c>: L2 regularization, also called weight decay.</summary>
/// <remarks>As the weight_decay of PyTorch's SGD and Adam, except that parameters that do not decay, biases and those of normalizations, are left out. The reported loss does not include the penalty. With rules that divide by the gradient's size, the decoupled decay of <see cref="AdamW"/> is another thing.</remarks>
public sealed record L2 : IGradientTransform
{
    /// <summary>Creates the transform.</summary>
    /// <param name="strength">How much the penalty counts, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The strength is out of range.</exception>
    public L2(double strength) => Strength = strength;

    /// <summary>How much the penalty counts.</summary>
    public double Strength { get; init => field = Guard.NotNegative(value, "strength"); }

    /// <inheritdoc/>
    public void Apply<T>(ReadOnlySpan<Parameter<T>> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (Parameter<T> parameter in parameters)
        {
            if (parameter.Decays)
                ParameterUpdate.Run(new Penalty<T>(T.CreateTruncating(Strength)), parameter.Gradient.Values(), parameter.Value.Values());
        }
    }

    private readonly struct Penalty<T>(T strength) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int SlotCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V w, ref V slot0, ref V slot1, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            value += strength * w;
        }
    }
}
