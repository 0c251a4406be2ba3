using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>A layer whose outputs are each the first of its largest inputs, of some, and NaN if one of these is. All gradient goes to the one that was picked.</summary>
internal interface IPicksLargest<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>From which inputs it picks; null before it is built.</summary>
    PoolShape? Shape { get; }

    /// <summary>Whether the latest forward pass went through the Relu behind it too. The places then say which outputs the Relu gave as 0, and the way back from the Relu's output is this layer's alone.</summary>
    bool IsRectified { get; }

    /// <summary>Which were the largest in the latest forward pass, as <see cref="MaxPool"/> says; null where that was not kept.</summary>
    Matrix<T>? Places { get; }

    /// <summary>Begins a forward pass whose inputs it will not see.</summary>
    /// <returns>Where the largest go, <c>[N, out]</c>, and which they were.</returns>
    (Matrix<T> Largest, Matrix<T> Places) Begin(int samples, bool rectifies);
}
