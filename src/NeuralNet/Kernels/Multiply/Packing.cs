using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>Copies a part of a factor into the order in which a tile reads it: the lines of a panel for k = 0, then for k = 1, ... Lines past the end are zeros.</summary>
internal static unsafe class Packing
{
    /// <param name="source">The factor.</param>
    /// <param name="line">Its first line to pack.</param>
    /// <param name="lines">How many lines there are, at most <paramref name="height"/>.</param>
    /// <param name="height">The height of the panel.</param>
    /// <param name="depth">The first k to pack.</param>
    /// <param name="depths">How many.</param>
    /// <param name="panel">The panel, height · depths numbers.</param>
    public static void Pack<T>(Operand<T> source, int line, int lines, int height, int depth, int depths, T* panel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (lines < height)
            new Span<T>(panel, height * depths).Clear();
        if (source.LineStep == 1)
            CopyLines(source.At(line, depth), source.DepthStep, lines, height, depths, panel);
        else
            TransposeLines(source.At(line, depth), source.LineStep, lines, height, depths, panel);
    }

    // Lines side by side in memory: each k is one short copy.
    private static void CopyLines<T>(T* source, nint depthStep, int lines, int height, int depths, T* panel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int bytes = lines * sizeof(T);
        for (int k = 0; k < depths; k++, source += depthStep, panel += height)
        {
            int done = 0;
            for (; done <= bytes - Vector512<byte>.Count; done += Vector512<byte>.Count)
                Vector512.Load((byte*)source + done).Store((byte*)panel + done);
            for (; done < bytes; done += sizeof(T))
                *(T*)((byte*)panel + done) = *(T*)((byte*)source + done);
        }
    }

    // Each line by itself in memory: sixteen at a time, then eight, four, one.
    private static void TransposeLines<T>(T* source, nint lineStep, int lines, int height, int depths, T* panel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int line = 0;
        for (; line <= lines - 16; line += 16)
        {
            int k = 0;
            for (; k <= depths - 4; k += 4)
                RegisterTranspose.SixteenByFour(source + (line * lineStep) + k, lineStep, panel + ((nint)k * height) + line, height);
            CopyOneByOne(source, lineStep, line, line + 16, k, depths, height, panel);
        }

        for (; line <= lines - 8; line += 8)
        {
            int k = 0;
            for (; k <= depths - 4; k += 4)
                RegisterTranspose.EightByFour(source + (line * lineStep) + k, lineStep, panel + ((nint)k * height) + line, height);
            CopyOneByOne(source, lineStep, line, line + 8, k, depths, height, panel);
        }

        for (; line <= lines - 4; line += 4)
        {
            int k = 0;
            for (; k <= depths - 4; k += 4)
                RegisterTranspose.FourByFour(source + (line * lineStep) + k, lineStep, panel + ((nint)k * height) + line, height);
            CopyOneByOne(source, lineStep, line, line + 4, k, depths, height, panel);
        }

        CopyOneByOne(source, lineStep, line, lines, 0, depths, height, panel);
    }

    private static void CopyOneByOne<T>(T* source, nint lineStep, int line, int endLine, int k, int depths, int height, T* panel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (; k < depths; k++)
        {
            for (int l = line; l < endLine; l++)
                panel[((nint)k * height) + l] = source[(l * lineStep) + k];
        }
    }
}
