using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>The random generator Philox4x32-10: a block of four words is a pure function of a key and a counter of 128 bits.</summary>
/// <seealso href="https://doi.org/10.1145/2063384.2063405">Salmon, Moraes, Dror and Shaw (2011), Parallel Random Numbers: As Easy as 1, 2, 3.</seealso>
internal static unsafe class Philox
{
    /// <summary>How many words a block has.</summary>
    public const int Words = 4;

    /// <summary>How many blocks <see cref="Fill"/> draws; all vectors divide it.</summary>
    public const int Batch = 32;

    private const int Rounds = 10;

    /// <summary>The blocks of several counters at once, one to a lane.</summary>
    /// <param name="key">The key.</param>
    /// <param name="stream">The upper half of each counter.</param>
    /// <param name="c0">The lowest words of the counters; becomes the first words of the blocks.</param>
    /// <param name="c1">The words above; becomes the second words of the blocks.</param>
    /// <param name="c2">The third words of the blocks.</param>
    /// <param name="c3">The fourth.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Draw<W>(ulong key, ulong stream, ref W c0, ref W c1, out W c2, out W c3)
        where W : struct, IWords<W>
    {
        W multiplier0 = W.Broadcast(0xD2511F53), multiplier1 = W.Broadcast(0xCD9E8D57), weyl0 = W.Broadcast(0x9E3779B9), weyl1 = W.Broadcast(0xBB67AE85);
        W key0 = W.Broadcast(key), key1 = W.Broadcast(key >> 32);
        (c2, c3) = (W.Broadcast(stream), W.Broadcast(stream >> 32));
        for (int round = 0; round < Rounds; round++)
        {
            W product0 = multiplier0 * c0, product1 = multiplier1 * c2;
            (c0, c1, c2, c3) = (W.Upper(product1) ^ c1 ^ key0, product1, W.Upper(product0) ^ c3 ^ key1, product0);
            key0 += weyl0;
            key1 += weyl1;
        }
    }

    /// <summary>One block, as two words of 64 bits.</summary>
    /// <param name="key">The key.</param>
    /// <param name="stream">The upper half of the counter.</param>
    /// <param name="block">The lower half.</param>
    /// <returns>The first two words, and the others.</returns>
    public static (ulong First, ulong Second) Block(ulong key, ulong stream, ulong block)
    {
        ScalarWord c0 = ScalarWord.Broadcast(block), c1 = ScalarWord.Broadcast(block >> 32);
        Draw(key, stream, ref c0, ref c1, out ScalarWord c2, out ScalarWord c3);
        return (c0.With(c1), c2.With(c3));
    }

    /// <summary>Draws <see cref="Batch"/> blocks, from one whose number is a multiple of it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="stream">The upper half of each counter.</param>
    /// <param name="first">The lower half of the first.</param>
    /// <param name="words">Receives the first words of all blocks, then the second words, and so on.</param>
    public static void Fill(ulong key, ulong stream, ulong first, Span<uint> words)
    {
        fixed (uint* start = words)
            WidestWords.Run(new FillWork(key, stream, first, start));
    }

    private readonly struct FillWork(ulong key, ulong stream, ulong first, uint* words) : IOnWords
    {
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public void Run<W>()
            where W : struct, IWords<W>
        {
            for (int i = 0; i < Batch; i += W.Width)
            {
                W c0 = W.Counting((uint)first + (uint)i), c1 = W.Broadcast(first >> 32);
                Draw(key, stream, ref c0, ref c1, out W c2, out W c3);
                W.Store((float*)words + i, c0);
                W.Store((float*)words + Batch + i, c1);
                W.Store((float*)words + (2 * Batch) + i, c2);
                W.Store((float*)words + (3 * Batch) + i, c3);
            }
        }
    }
}
