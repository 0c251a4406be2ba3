using System.Buffers.Binary;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// A counter-based random generator, Philox4x32-10: its whole state is a key and a counter, so two numbers save and restore it.
/// </summary>
/// <remarks>
/// Word <c>n</c> of a key is a pure function of the two, so any part of the stream can be drawn in any order, on any thread, with the same result on every machine.
/// Use it wherever .NET takes a <see cref="Random"/>. Not for cryptography.
/// </remarks>
/// <seealso href="https://doi.org/10.1145/2063384.2063405">Salmon, Moraes, Dror and Shaw (2011), Parallel Random Numbers: As Easy as 1, 2, 3.</seealso>
public sealed class CounterRandom : Random
{
    // The upper counter word tells the streams of one key apart: draws use 0, derived keys the hash of their name.
    private const ulong DrawStream = 0;

    // The words around the counter: drawn many at a time, and which of all such batches they are.
    private uint[]? words;
    private ulong batch = ulong.MaxValue;

    /// <summary>Creates a generator.</summary>
    /// <param name="key">The key, any value: generators with different keys are independent.</param>
    /// <param name="counter">How many 64-bit words are already drawn.</param>
    public CounterRandom(ulong key, ulong counter = 0) => (Key, Counter) = (key, counter);

    /// <summary>The key.</summary>
    public ulong Key { get; private set; }

    /// <summary>How many 64-bit words were drawn.</summary>
    public ulong Counter { get; private set; }

    /// <summary>Creates an independent generator for a named part, the same whatever was drawn from this one.</summary>
    /// <param name="name">The name of the part.</param>
    /// <returns>A generator at counter 0.</returns>
    public CounterRandom Split(string name) => new(DeriveKey(Key, name));

    /// <summary>Makes this the generator of another key at counter 0, where a new one for every sample would be garbage.</summary>
    internal void Restart(ulong key) => (Key, Counter, batch) = (key, 0, ulong.MaxValue);

    /// <summary>The generator itself if it can be split, else one that begins with a draw from it.</summary>
    internal static CounterRandom Of(Random random) => random as CounterRandom ?? new((ulong)random.NextInt64());

    /// <summary>The next 64 random bits.</summary>
    /// <returns>A number from 0 to 2^64 - 1.</returns>
    public ulong NextUInt64()
    {
        ulong block = Counter >> 1;
        if (block / Philox.Batch != batch)
            DrawBatch(block / Philox.Batch);
        int word = (int)(block % Philox.Batch) + (int)(Counter & 1) * 2 * Philox.Batch;
        Counter++;
        return words![word] | ((ulong)words[word + Philox.Batch] << 32);
    }

    /// <inheritdoc/>
    public override double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1L << 53));

    /// <inheritdoc/>
    public override float NextSingle() => (NextUInt64() >> 40) * (1.0f / (1 << 24));

    /// <inheritdoc/>
    public override int Next() => (int)NextBelow(int.MaxValue);

    /// <inheritdoc/>
    public override int Next(int maxValue) => Next(0, Guard.AtLeast(0, maxValue, nameof(maxValue)));

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue) => (int)NextInt64(minValue, maxValue);

    /// <inheritdoc/>
    public override long NextInt64() => (long)NextBelow(long.MaxValue);

    /// <inheritdoc/>
    public override long NextInt64(long maxValue) => NextInt64(0, Guard.InRange(maxValue, maxValue >= 0, "at least 0", nameof(maxValue)));

    /// <inheritdoc/>
    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return minValue == maxValue ? minValue : minValue + (long)NextBelow((ulong)(maxValue - minValue));
    }

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        while (!buffer.IsEmpty)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, NextUInt64());
            int count = Math.Min(word.Length, buffer.Length);
            word[..count].CopyTo(buffer);
            buffer = buffer[count..];
        }
    }

    /// <inheritdoc/>
    protected override double Sample() => NextDouble();

    /// <summary>The key of a named part: a block of the stream that belongs to the name.</summary>
    internal static ulong DeriveKey(ulong key, string name)
    {
        // FNV-1a; the lowest bit is set so that no name meets the stream of draws.
        ulong hash = 14695981039346656037;
        foreach (char letter in name)
            hash = (hash ^ letter) * 1099511628211;
        return Philox.Block(key, hash | 1, 0).First;
    }

    private void DrawBatch(ulong number)
    {
        words ??= new uint[Philox.Words * Philox.Batch];
        Philox.Fill(Key, DrawStream, number * Philox.Batch, words);
        batch = number;
    }

    // Uniform below a bound without bias (Lemire 2019): the upper half of a product, redrawn in the rare uneven part.
    private ulong NextBelow(ulong bound)
    {
        ulong high = Math.BigMul(NextUInt64(), bound, out ulong low);
        if (low < bound)
        {
            ulong uneven = (0 - bound) % bound;
            while (low < uneven)
                high = Math.BigMul(NextUInt64(), bound, out low);
        }

        return high;
    }
}
