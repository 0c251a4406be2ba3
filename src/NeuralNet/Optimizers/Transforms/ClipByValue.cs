using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Clips every number of a gradient, <c>g = min(max(g, -limit), limit)</c>; NaN stays.</summary>
/// <remarks>As PyTorch's clip_grad_value_. It changes the gradient's direction; <see cref="ClipByGlobalNorm"/> does not.</remarks>
public sealed record ClipByValue : IGradientTransform
{
    /// <summary>Creates the transform.</summary>
    /// <param name="limit">The largest magnitude, greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of range.</exception>
    public ClipByValue(double limit) => Limit = limit;

    /// <summary>The largest magnitude.</summary>
    public double Limit { get; init => field = Guard.Positive(value, "limit"); }

    /// <inheritdoc/>
    public void Apply<T>(ReadOnlySpan<Parameter<T>> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (Parameter<T> parameter in parameters)
            ParameterUpdate.Run(new Clip<T>(T.CreateTruncating(Limit)), parameter.Gradient.Values(), parameter.Gradient.Values());
    }

    private readonly struct Clip<T>(T limit) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int SlotCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V slot0, ref V slot1, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            value = Piecewise.Clamp<V, T>(g, V.Broadcast(-limit), V.Broadcast(limit));
        }
    }
}
