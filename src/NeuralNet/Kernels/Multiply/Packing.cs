namespace NeuralNet.Kernels;

/// <summary>Copies a part of a factor into the order in which a tile reads it: the lines of a panel for k = 0, then for k = 1, ... Lines past the end are zeros.</summary>
internal static unsafe class Packing
{
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
        for (int k = 0; k < depths; k++, source += depthStep, panel += height)
            new ReadOnlySpan<T>(source, lines).CopyTo(new Span<T>(panel, lines));
    }

    // Each line by itself in memory: four by four, so that both sides are read and written in runs.
    private static void TransposeLines<T>(T* source, nint lineStep, int lines, int height, int depths, T* panel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Side = 4;
        int line = 0;
        for (; line <= lines - Side; line += Side)
        {
            T* from = source + (line * lineStep);
            T* to = panel + line;
            int k = 0;
            for (; k <= depths - Side; k += Side, from += Side, to += Side * height)
                Transpose.FourByFour(from, lineStep, to, height);
            for (; k < depths; k++, from++, to += height)
            {
                for (int i = 0; i < Side; i++)
                    to[i] = from[i * lineStep];
            }
        }

        for (; line < lines; line++)
        {
            for (int k = 0; k < depths; k++)
                panel[(k * (nint)height) + line] = source[(line * lineStep) + k];
        }
    }
}
