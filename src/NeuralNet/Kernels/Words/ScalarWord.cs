namespace NeuralNet.Kernels;

/// <summary>One word: for machines without vectors.</summary>
internal readonly unsafe struct ScalarWord(ulong value) : IWords<ScalarWord>
{
    private readonly ulong value = value;

    public static int Width => 1;

    public static ScalarWord Broadcast(ulong value) => new(value);

    public static ScalarWord Counting(uint first) => new(first);

    public static ScalarWord operator *(ScalarWord a, ScalarWord b) => new((ulong)(uint)a.value * (uint)b.value);

    public static ScalarWord operator +(ScalarWord a, ScalarWord b) => new(a.value + b.value);

    public static ScalarWord operator ^(ScalarWord a, ScalarWord b) => new(a.value ^ b.value);

    public static ScalarWord Upper(ScalarWord value) => new(value.value >> 32);

    public static ScalarWord Keep(ScalarWord words, ScalarWord threshold, ScalarWord bits) => new((uint)words.value < threshold.value ? 0 : bits.value);

    /// <summary>This word and an upper one, as one of 64 bits.</summary>
    public ulong With(ScalarWord upper) => (uint)value | (upper.value << 32);

    public static void Store<T>(T* destination, ScalarWord value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            *(ulong*)destination = value.value;
        else
            *(uint*)destination = (uint)value.value;
    }
}
