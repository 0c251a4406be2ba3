namespace NeuralNet.Kernels;

/// <summary>What a kernel does at each place of its arrays, said once for every vector width. <see cref="Sweep"/> drives it.</summary>
internal interface ISweep<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does the places from <paramref name="index"/> on, as many as the vector has lanes, each by itself.</summary>
    void At<V>(int index)
        where V : struct, ISimd<V, T>;
}
