using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Which inputs each output of an image is summed over: made once for a shape, the same for any batch.</summary>
/// <remarks>
/// A table of taps serves all segments that differ only in where they stand: for an unpadded convolution there is one, with padding one for each way to hang over the border.
/// What hangs over is left out, not multiplied by zero. Taps are in the order of the weights: channel, row, column.
/// </remarks>
internal sealed unsafe class TapPlan
{
    private readonly Tap[] taps;
    private readonly Segment[] segments;

    /// <param name="rows">For each row of the output and each row of the kernel the row of the input, or <see cref="WindowAxis.None"/>.</param>
    /// <param name="columns">The same for columns.</param>
    /// <param name="outputRows">The height of the output.</param>
    /// <param name="outputColumns">The width of the output.</param>
    /// <param name="kernelRows">The height of the kernel.</param>
    /// <param name="kernelColumns">The width of the kernel.</param>
    /// <param name="channels">How many channels of the input an output is summed over.</param>
    /// <param name="inputRows">The height of the input.</param>
    /// <param name="inputColumns">The width of the input.</param>
    private TapPlan(Func<int, int, int> rows, Func<int, int, int> columns, int outputRows, int outputColumns, int kernelRows, int kernelColumns, int channels, int inputRows, int inputColumns)
    {
        Line[] across = Lines(columns, outputColumns, kernelColumns);
        var tables = new Dictionary<(string Down, string Across), (int First, int Count)>();
        var allTaps = new List<Tap>();
        var allSegments = new List<Segment>();
        foreach (Line down in Lines(rows, outputRows, kernelRows).SelectMany(line => line.Singles()))
        {
            foreach (Line line in across)
            {
                if (!tables.TryGetValue((down.Key, line.Key), out (int First, int Count) table))
                {
                    table = (allTaps.Count, channels * down.Places.Length * line.Places.Length);
                    tables.Add((down.Key, line.Key), table);
                    for (int channel = 0; channel < channels; channel++)
                    {
                        foreach ((int row, int rowOffset) in down.Places)
                        {
                            foreach ((int column, int columnOffset) in line.Places)
                                allTaps.Add(new((((channel * inputRows) + rowOffset) * inputColumns) + columnOffset, (((channel * kernelRows) + row) * kernelColumns) + column));
                        }
                    }
                }

                allSegments.Add(new((down.First * outputColumns) + line.First, line.Length, (down.Input * inputColumns) + line.Input, line.Step, table.First, table.Count));
            }
        }

        // Pinned for their whole life: kernels walk along them.
        taps = GC.AllocateUninitializedArray<Tap>(Math.Max(1, allTaps.Count), pinned: true);
        segments = GC.AllocateUninitializedArray<Segment>(allSegments.Count, pinned: true);
        allTaps.CopyTo(taps);
        allSegments.CopyTo(segments);
    }

    /// <summary>For each output, in order, how many taps it has.</summary>
    public IEnumerable<int> TapCounts => segments.SelectMany(segment => Enumerable.Repeat(segment.TapCount, segment.Length));

    public TapTable Table => new((Segment*)Unsafe.AsPointer(ref segments[0]), segments.Length, (Tap*)Unsafe.AsPointer(ref taps[0]), taps.Length);

    /// <summary>From the input to the output: what a convolution sums over.</summary>
    public static TapPlan ToOutput(WindowAxis rows, WindowAxis columns, int channels) =>
        new(rows.InputOf, columns.InputOf, rows.Output, columns.Output, rows.Kernel, columns.Kernel, channels, rows.Input, columns.Input);

    /// <summary>From the output back to the input: what the gradient of an input is summed over, and a transposed convolution.</summary>
    public static TapPlan ToInput(WindowAxis rows, WindowAxis columns, int channels) =>
        new(rows.OutputOf, columns.OutputOf, rows.Input, columns.Input, rows.Kernel, columns.Kernel, channels, rows.Output, columns.Output);

    // The outputs along one axis, those side by side together that take the same places of the kernel and inputs side by side.
    private static Line[] Lines(Func<int, int, int> source, int outputs, int kernel)
    {
        var lines = new List<Line>();
        for (int output = 0; output < outputs; output++)
        {
            (int Place, int Source)[] found = [.. Enumerable.Range(0, kernel).Select(place => (place, source(output, place))).Where(tap => tap.Item2 != WindowAxis.None)];
            int input = found.Length == 0 ? 0 : found[0].Source;
            var line = new Line(output, 1, input, 1, [.. found.Select(tap => (tap.Place, tap.Source - input))]);
            if (lines.Count > 0 && lines[^1].GoesOnIn(line))
                lines[^1] = lines[^1].With(line);
            else
                lines.Add(line);
        }

        return [.. lines];
    }

    // Places: of the kernel, each with its input counted from the first one's.
    private sealed record Line(int First, int Length, int Input, int Step, (int Place, int Offset)[] Places)
    {
        public string Key { get; } = string.Join(' ', Places);

        public bool GoesOnIn(Line next) => Key == next.Key && (Places.Length == 0 || Length == 1 || next.Input == Input + (Length * Step));

        public Line With(Line next) => this with { Length = Length + 1, Step = Length > 1 || Places.Length == 0 ? Step : next.Input - Input };

        public IEnumerable<Line> Singles() => Enumerable.Range(0, Length).Select(i => this with { First = First + i, Length = 1, Input = Places.Length == 0 ? 0 : Input + (i * Step), Step = 1 });
    }
}
