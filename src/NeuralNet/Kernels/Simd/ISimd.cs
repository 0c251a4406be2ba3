namespace NeuralNet.Kernels;

/// <summary>
/// A vector of numbers, so that a kernel is written once and compiled for every vector width and precision. Every operation works lane by lane and is exact
/// or correctly rounded, so a lane's bits do not depend on the width.
/// </summary>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="T">The number: float or double.</typeparam>
internal unsafe interface ISimd<TVector, T>
    where TVector : struct, ISimd<TVector, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many lanes.</summary>
    static abstract int Width { get; }

    static abstract TVector Load(T* source);

    /// <summary>The number at <paramref name="source"/> and every second behind it; memory behind the last is left alone.</summary>
    static abstract TVector LoadEverySecond(T* source);

    /// <summary>The number at <paramref name="source"/> and every fourth behind it; memory behind the last is left alone.</summary>
    static abstract TVector LoadEveryFourth(T* source);

    static abstract void Store(T* destination, TVector value);

    /// <summary>Lanes of one vector and of another by turns, beginning with the first's: twice as many numbers.</summary>
    static abstract void StoreAlternating(T* destination, TVector even, TVector odd);

    /// <summary>The first <paramref name="count"/> lanes, 1 to <see cref="Width"/>, from memory that has no more; the others are 0.</summary>
    static abstract TVector LoadFirst(T* source, int count);

    /// <summary>The first <paramref name="count"/> lanes, 1 to <see cref="Width"/>; memory behind them is left alone.</summary>
    static abstract void StoreFirst(T* destination, TVector value, int count);

    /// <summary>The same number in every lane.</summary>
    static abstract TVector Broadcast(T value);

    /// <summary>a·b + c, rounded once.</summary>
    static abstract TVector Fma(TVector a, TVector b, TVector c);

    /// <summary>Adds a·b, rounded once.</summary>
    /// <remarks>The sum changes where it is: the compiler takes a single instruction for it, while what <see cref="Fma"/> returns may take another to get into its place.
    /// That goes for the fields of a struct, as <see cref="OneVector{T, V}"/>; a vector that is a local variable by itself goes to memory when its address is taken: there Fma it is.</remarks>
    static abstract void AddProduct(ref TVector sum, TVector a, TVector b);

    static abstract TVector operator +(TVector a, TVector b);

    static abstract TVector operator -(TVector a, TVector b);

    static abstract TVector operator *(TVector a, TVector b);

    static abstract TVector operator /(TVector a, TVector b);

    /// <summary>Every lane times one number.</summary>
    static abstract TVector operator *(T a, TVector b);

    /// <summary>The other sign, of zeros too.</summary>
    static abstract TVector operator -(TVector value);

    static abstract TVector Sqrt(TVector value);

    static abstract TVector Abs(TVector value);

    /// <summary>All bits of a lane set where a &lt; b, none elsewhere or where either is NaN.</summary>
    static abstract TVector LessThan(TVector a, TVector b);

    /// <summary>All bits of a lane set where a ≤ b, none elsewhere or where either is NaN.</summary>
    static abstract TVector LessThanOrEqual(TVector a, TVector b);

    /// <summary>The larger; NaN where either is.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>0 where the number is at most 0, else the number: NaN stays NaN.</summary>
    /// <remarks>A single method, since a tile that does it to all of its sums takes no more to stay in registers.</remarks>
    static abstract TVector Rectify(TVector value);

    /// <summary>Where the mask's lane is set a, else b.</summary>
    static abstract TVector Select(TVector mask, TVector a, TVector b);

    /// <summary>Rounds to the nearest whole number, halves to even.</summary>
    static abstract TVector Round(TVector value);

    /// <summary>2ⁿ for whole n in the range of normal numbers.</summary>
    static abstract TVector PowerOfTwo(TVector n);

    /// <summary>The exponent of a positive normal number, as a number: n where 2ⁿ ≤ value &lt; 2ⁿ⁺¹.</summary>
    static abstract TVector Exponent(TVector value);

    /// <summary>The significand of a positive normal number: f in [1, 2) where value = f·2ⁿ.</summary>
    static abstract TVector Significand(TVector value);

    /// <summary>The bits of one with the sign of the other.</summary>
    static abstract TVector CopySign(TVector magnitude, TVector sign);
}
