namespace NeuralNet.Kernels;

/// <summary>
/// A column of a tile: the few vectors of rows that a tile is high. The tile is written once over this interface and compiled for each height; the vectors stay in registers.
/// </summary>
/// <typeparam name="TRows">The column.</typeparam>
/// <typeparam name="T">The number: float or double.</typeparam>
internal unsafe interface ITileRows<TRows, T>
    where TRows : struct, ITileRows<TRows, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many lanes all vectors have together.</summary>
    static abstract int Lanes { get; }

    /// <summary>All lanes, from memory that has as many numbers.</summary>
    static abstract TRows Load(T* source);

    /// <summary>The first <paramref name="rows"/> lanes, which reach into the last vector; the others are 0.</summary>
    static abstract TRows LoadFirst(T* source, int rows);

    /// <summary>The first <paramref name="rows"/> lanes, which reach into the last vector; memory behind them is left alone.</summary>
    static abstract void StoreFirst(T* destination, TRows value, int rows);

    /// <summary>The Relu of every lane.</summary>
    static abstract TRows Rectify(TRows value);

    /// <summary>The same number in every lane.</summary>
    static abstract TRows Broadcast(T value);

    /// <summary>
    /// Adds a·b to every lane, rounded once. The number b is given by where it lies: so the processor spreads it over the lanes as it reads it. The sums change in place, since the
    /// compiler computes what is stored where it was read in one instruction, and moves what is returned in another.
    /// </summary>
    void AddProduct(TRows a, T* b);
}
