namespace NeuralNet.Tests;

/// <summary>Files that are damaged at random: each is read or refused in words, in memory in proportion to its size.</summary>
internal static class Fuzz
{
    /// <summary>Damages files in turn.</summary>
    /// <param name="files">The whole files.</param>
    /// <param name="read">Reads one.</param>
    /// <param name="fixedBytes">What reading may allocate whatever the size of the file: buffers of streams, and an exception with its words.</param>
    /// <param name="bytesPerByte">What it may allocate besides for each byte of the file.</param>
    /// <param name="mutations">How many times one is damaged.</param>
    /// <returns>How many were refused.</returns>
    public static int Run(IReadOnlyList<byte[]> files, Action<byte[]> read, long fixedBytes, long bytesPerByte, int mutations = 10_000)
    {
        var random = new CounterRandom(20240601);
        int refused = 0;
        for (int i = 0; i < mutations; i++)
        {
            byte[] bytes = Mutate(files[i % files.Count], random);
            (Exception? error, long allocated) = Measure(() => read(bytes));
            if (allocated > fixedBytes + (bytesPerByte * bytes.Length))
                allocated = Measure(() => read(bytes)).Allocated;

            if (error is not (null or InvalidDataException))
                error.Should().BeOfType<InvalidDataException>(Convert.ToHexString(bytes));
            if (allocated > fixedBytes + (bytesPerByte * bytes.Length))
                allocated.Should().BeLessThanOrEqualTo(fixedBytes + (bytesPerByte * bytes.Length), "{0} has {1} bytes", Convert.ToHexString(bytes), bytes.Length);
            refused += error is null ? 0 : 1;
        }

        return refused;
    }

    /// <summary>What an action allocates. A table of the whole process may grow in the midst of it, so what exceeds a bound must do so twice.</summary>
    public static (Exception? Error, long Allocated) Measure(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? error = Record.Exception(action);
        return (error, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // One to three changes: a byte, a bit, a number that is written in digits, a piece left out, doubled, or cut off.
    private static byte[] Mutate(byte[] file, CounterRandom random)
    {
        List<byte> bytes = [.. file];
        for (int change = random.Next(1, 4); change > 0 && bytes.Count > 1; change--)
        {
            int place = random.Next(bytes.Count), length = random.Next(1, Math.Min(16, bytes.Count - place) + 1);
            switch (random.Next(6))
            {
                case 0: bytes[place] = (byte)random.Next(256); break;
                case 1: bytes[place] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes[place] = (byte)('0' + random.Next(10)); break;
                case 3: bytes.RemoveRange(place, length); break;
                case 4: bytes.InsertRange(place, bytes.GetRange(place, length)); break;
                default: bytes.RemoveRange(place, bytes.Count - place); break;
            }
        }

        return [.. bytes];
    }
}
