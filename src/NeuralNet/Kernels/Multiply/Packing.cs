using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>Copies a part of a factor into the order in which a tile reads it: the lines of a panel for k = 0, then for k = 1, ... Lines past the end are left as they are.</summary>
internal static unsafe class Packing
{
    // Loops that are worth their own method, compiled well from the first call on.
    private const MethodImplOptions OutOfLine = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>How many k of lines that lie side by side are packed into all panels together: few enough that they stay in the first-level cache.</summary>
    private const int DepthAtOnce = 8;

    /// <summary>How many numbers are copied at once where a panel is narrower, so that those behind it are copied too.</summary>
    private const int Eight = 8;

    /// <summary>Packs lines that lie side by side into <see cref="ColumnPanels"/>, one behind the other.</summary>
    [MethodImpl(OutOfLine)]
    public static void PackPanels<T>(Operand<T> source, int lines, int depth, T* panels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var columnPanels = new ColumnPanels(lines);
        for (int firstK = 0; firstK < depth; firstK += DepthAtOnce)
        {
            int endK = Math.Min(firstK + DepthAtOnce, depth);
            for (int panel = 0, line = 0; panel < columnPanels.Count; panel++)
            {
                int end = columnPanels.First(panel + 1), height = end - line;
                Debug.Assert(height <= Eight);
                T* from = source.Values + line + (firstK * source.DepthStep), to = panels + ((nint)line * depth) + (firstK * height);
                int k = firstK, endOfEights = Math.Min(endK, depth - Eight);
                for (; k < endOfEights; k++, from += source.DepthStep, to += height)
                    CopyEight(from, to);
                for (; k < endK; k++, from += source.DepthStep, to += height)
                    Copy((byte*)from, (byte*)to, height * sizeof(T));
                line = end;
            }
        }
    }

    /// <param name="source">The factor, from the panel's first line and k on.</param>
    /// <param name="lines">How many lines there are, at most <paramref name="height"/>.</param>
    /// <param name="height">The height of the panel.</param>
    /// <param name="depth">How many k.</param>
    /// <param name="panel">The panel, height · depth numbers.</param>
    public static void Pack<T>(Operand<T> source, int lines, int height, int depth, T* panel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (source.LineStep == 1)
            CopyLines(source.Values, source.DepthStep, lines, height, depth, panel);
        else
            TransposeLines(source.Values, source.LineStep, lines, height, depth, panel);
    }

    // Lines side by side in memory: each k is one short copy.
    [MethodImpl(OutOfLine)]
    private static void CopyLines<T>(T* source, nint depthStep, int lines, int height, int depth, T* panel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int k = 0; k < depth; k++, source += depthStep, panel += height)
            Copy((byte*)source, (byte*)panel, lines * sizeof(T));
    }

    // More than a panel is wide: the next k overwrites the rest. The last k are copied exactly, for behind them lies the next panel, and behind their source perhaps nothing.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyEight<T>(T* from, T* to)
        where T : unmanaged
    {
        if (sizeof(T) == sizeof(float))
            Vector256.Load((byte*)from).Store((byte*)to);
        else
            Vector512.Load((byte*)from).Store((byte*)to);
    }

    // In vectors; the last goes over what lies before it once more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(byte* from, byte* to, int bytes)
    {
        if (bytes < Vector128<byte>.Count)
        {
            for (int i = 0; i < bytes; i++)
                to[i] = from[i];
            return;
        }

        int done = 0;
        for (; done <= bytes - Vector512<byte>.Count; done += Vector512<byte>.Count)
            Vector512.Load(from + done).Store(to + done);
        for (; done <= bytes - Vector128<byte>.Count; done += Vector128<byte>.Count)
            Vector128.Load(from + done).Store(to + done);
        if (done < bytes)
            Vector128.Load(from + bytes - Vector128<byte>.Count).Store(to + bytes - Vector128<byte>.Count);
    }

    // Each line by itself in memory: sixteen at a time, then eight, four, one.
    [MethodImpl(OutOfLine)]
    private static void TransposeLines<T>(T* source, nint lineStep, int lines, int height, int depth, T* panel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int line = 0;
        for (; line <= lines - 16; line += 16)
        {
            int k = 0;
            for (; k <= depth - 16; k += 16)
                RegisterTranspose.SixteenBySixteen(source + (line * lineStep) + k, lineStep, panel + ((nint)k * height) + line, height);
            for (; k <= depth - 4; k += 4)
                RegisterTranspose.SixteenByFour(source + (line * lineStep) + k, lineStep, panel + ((nint)k * height) + line, height);
            CopyOneByOne(source, lineStep, line, line + 16, k, depth, height, panel);
        }

        for (; line <= lines - 8; line += 8)
        {
            int k = 0;
            for (; k <= depth - 4; k += 4)
                RegisterTranspose.EightByFour(source + (line * lineStep) + k, lineStep, panel + ((nint)k * height) + line, height);
            CopyOneByOne(source, lineStep, line, line + 8, k, depth, height, panel);
        }

        for (; line <= lines - 4; line += 4)
        {
            int k = 0;
            for (; k <= depth - 4; k += 4)
                RegisterTranspose.FourByFour(source + (line * lineStep) + k, lineStep, panel + ((nint)k * height) + line, height);
            CopyOneByOne(source, lineStep, line, line + 4, k, depth, height, panel);
        }

        CopyOneByOne(source, lineStep, line, lines, 0, depth, height, panel);
    }

    private static void CopyOneByOne<T>(T* source, nint lineStep, int line, int endLine, int k, int depth, int height, T* panel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (; k < depth; k++)
        {
            for (int l = line; l < endLine; l++)
                panel[((nint)k * height) + l] = source[(l * lineStep) + k];
        }
    }
}
