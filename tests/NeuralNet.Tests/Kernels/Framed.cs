using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Numbers inside a larger array, so that they begin at any address and what lies before and behind them can be told apart from them.</summary>
internal sealed class Framed<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>More than the four widest vectors.</summary>
    private const int Width = 80;

    private readonly T[] all;
    private readonly T frame;
    private readonly int start;
    private readonly int length;

    private Framed(int length, int offset, T frame)
    {
        (start, this.length, this.frame) = (Width + offset, length, frame);
        all = new T[start + length + Width];
        Array.Fill(all, frame);
    }

    public Span<T> Values => all.AsSpan(start, length);

    /// <summary>Whether nobody wrote beside the numbers.</summary>
    public bool IsIntact => all.AsSpan(0, start).IndexOfAnyExcept(frame) < 0 && all.AsSpan(start + length).IndexOfAnyExcept(frame) < 0;

    /// <summary>What a kernel reads: numbers in a frame of NaN, which shows in the result if it is read along.</summary>
    public static Framed<T> Input(ReadOnlySpan<T> values, int offset = 0)
    {
        var framed = new Framed<T>(values.Length, offset, T.NaN);
        values.CopyTo(framed.Values);
        return framed;
    }

    /// <summary>What a kernel writes: NaN, which must not stay, in a frame of numbers, which must.</summary>
    public static Framed<T> Output(int length, int offset = 0)
    {
        var framed = new Framed<T>(length, offset, T.CreateTruncating(8191.5));
        framed.Values.Fill(T.NaN);
        return framed;
    }

    public MatrixSpan<T> Matrix(int rows, int columns) => new(Values, rows, columns);

    /// <summary>That these are the numbers, to the bit, and that nothing else was written.</summary>
    public void ShouldHold(ReadOnlySpan<T> expected, string what)
    {
        if (!IsIntact)
            IsIntact.Should().BeTrue("{0} leaves alone what lies beside the result", what);
        Span<T> found = Values;
        for (int i = 0; i < length; i++)
        {
            if (!Same(found[i], expected[i]))
                found[i].Should().Be(expected[i], "number {0} of {1} should be {2:R} to the bit and is {3:R}", i, what, expected[i], found[i]);
        }
    }

    // NaN equals NaN, and 0 is not -0.
    private static bool Same(T a, T b) => T.IsNaN(a) ? T.IsNaN(b) : a == b && T.IsNegative(a) == T.IsNegative(b);
}
