using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>The Euclidean norm of gradients.</summary>
internal static class GradientNorm
{
    /// <summary>What PyTorch adds to a norm before it divides by it.</summary>
    private const double Margin = 1e-6;

    /// <summary>The norm of all gradients as one vector.</summary>
    public static double Of<T>(ReadOnlySpan<Parameter<T>> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (Parameter<T> parameter in parameters)
            sum += SumOfSquares.Of<T>(parameter.Gradient.Values());
        return Math.Sqrt(sum);
    }

    /// <summary>Shortens the gradients, as one vector, to a norm.</summary>
    public static void Clip<T>(ReadOnlySpan<Parameter<T>> parameters, double maxNorm)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double factor = maxNorm / (Of(parameters) + Margin);

        // A factor of NaN goes on.
        if (factor >= 1)
            return;
        foreach (Parameter<T> parameter in parameters)
            ParameterUpdate.Run(new Scale<T>(T.CreateTruncating(factor)), parameter.Gradient.Values(), parameter.Gradient.Values());
    }

    private readonly struct Scale<T>(T factor) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int SlotCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V slot0, ref V slot1, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            value = factor * g;
        }
    }
}
