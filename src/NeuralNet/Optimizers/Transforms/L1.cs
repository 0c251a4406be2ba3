using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Adds the gradient of the penalty <c>strength·Σ|w|</c>, <c>g = g + strength·sign(w)</c>: L1 regularization, which makes weights 0. The sign of 0 is 0.</summary>
/// <remarks>Parameters that do not decay, biases and those of normalizations, are left out. The reported loss does not include the penalty.</remarks>
public sealed record L1 : IGradientTransform
{
    /// <summary>Creates the transform.</summary>
    /// <param name="strength">How much the penalty counts, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The strength is out of range.</exception>
    public L1(double strength) => Strength = strength;

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
            value += strength * Piecewise.Sign<V, T>(w);
        }
    }
}
