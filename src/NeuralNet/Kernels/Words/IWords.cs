namespace NeuralNet.Kernels;

/// <summary>A vector of 32-bit words for random numbers, each in the lower half of a lane of 64 bits; what the upper halves hold does not matter.</summary>
/// <remarks>In lanes of 64 bits a product of two words needs one instruction and no shuffles. Every operation is exact, so the words do not depend on the width.</remarks>
internal unsafe interface IWords<TWords>
    where TWords : struct, IWords<TWords>
{
    /// <summary>How many words.</summary>
    static abstract int Width { get; }

    /// <summary>The same word in every lane.</summary>
    static abstract TWords Broadcast(ulong value);

    /// <summary>first, first + 1, first + 2 and so on.</summary>
    static abstract TWords Counting(uint first);

    /// <summary>The products of the words, 64 bits each.</summary>
    static abstract TWords operator *(TWords a, TWords b);

    static abstract TWords operator +(TWords a, TWords b);

    static abstract TWords operator ^(TWords a, TWords b);

    /// <summary>The upper halves as words.</summary>
    static abstract TWords Upper(TWords value);

    /// <summary>0 where the word is less than the threshold, else the bits.</summary>
    static abstract TWords Keep(TWords words, TWords threshold, TWords bits);

    /// <summary>Writes the lanes as doubles, or the words as floats.</summary>
    static abstract void Store<T>(T* destination, TWords value)
        where T : unmanaged;
}
