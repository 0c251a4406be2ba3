namespace NeuralNet.Kernels;

/// <summary>A product c = start + a·b, or the part or block of one that is to be computed at once.</summary>
/// <param name="a">The left factor.</param>
/// <param name="b">The right factor.</param>
/// <param name="depth">The length of the sums.</param>
/// <param name="c">The result, one column behind the other.</param>
/// <param name="rows">The result's rows.</param>
/// <param name="columns">The result's columns.</param>
internal unsafe struct ProductBlock<T>(Operand<T> a, Operand<T> b, int depth, T* c, int rows, int columns)
    where T : unmanaged
{
    public Operand<T> A = a, B = b;
    public int Depth = depth;
    public T* C = c;
    public int Rows = rows, Columns = columns;

    /// <summary>The sizes of the product that this is a part or block of.</summary>
    public readonly int WholeDepth = depth, WholeRows = rows, WholeColumns = columns;

    /// <summary>From column to column in <see cref="C"/>.</summary>
    public nint StepC = rows;

    /// <summary>Where each column's sums start; null for 0.</summary>
    public T* Start;

    /// <summary>Whether the sums go on from what <see cref="C"/> holds instead.</summary>
    public bool Continues;

    /// <summary>Whether the result is the Relu of the sums.</summary>
    public bool Rectifies;

    /// <summary>Which thread does it as a rule, 0 for the caller.</summary>
    public int Thread;

    /// <summary>How many panels of columns, the last ones, are not taken in even steps: see <see cref="Panel"/>.</summary>
    private const int UnevenPanels = 16;

    // Whether columns are taken from the last to the first. Processors fetch ahead of what is written, and what they fetch another thread has to get back; so
    // of two parts that lie side by side both begin where they meet and go apart.
    private readonly bool Descends => Thread % 2 == 0;

    /// <summary>The columns of a turn's panel.</summary>
    /// <remarks>
    /// It is good that processors fetch ahead of even steps, but not beyond the end of the part, into whatever another thread has there. So the last panels are taken by turns
    /// from both sides, and the last of all is in their middle.
    /// </remarks>
    public readonly (int First, int Count) Panel(ColumnPanels panels, int turn)
    {
        int rest = turn - Math.Max(0, panels.Count - UnevenPanels);
        int panel = rest < 0 ? turn : rest % 2 == 0 ? turn - (rest / 2) : panels.Count - 1 - (rest / 2);
        if (Descends)
            panel = panels.Count - 1 - panel;
        int first = panels.First(panel);
        return (first, panels.First(panel + 1) - first);
    }

    /// <summary>Keeps some rows.</summary>
    public void KeepRows(int first, int end)
    {
        A = A.From(first, 0);
        C += first;
        Rows = end - first;
    }

    /// <summary>Keeps some columns.</summary>
    public void KeepColumns(int first, int end)
    {
        B = B.From(first, 0);
        Start = Start == null ? null : Start + first;
        C += first * StepC;
        Columns = end - first;
    }

    /// <summary>Keeps some terms of the sums, whose turn comes after those before them.</summary>
    public void KeepDepth(int first, int end)
    {
        (A, B) = (A.From(0, first), B.From(0, first));
        Continues |= first > 0;
        Rectifies &= end == Depth;
        Depth = end - first;
    }
}
