using System.Runtime.Intrinsics;
using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Packing and the small transposes that it is made of, against plain loops.</summary>
public unsafe class PackingTests
{
    /// <summary>Four of the widest vectors, and three lines more.</summary>
    private const int MostLines = (4 * 16) + 3;

    [Fact]
    public void A_panel_holds_all_lines_for_one_k_after_the_other()
    {
        Both<float>();
        Both<double>();

        static void Both<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int lines = 1; lines <= MostLines; lines++)
            {
                foreach (int depth in new[] { 1, 3, 4, 5, 15, 16, 17, 35 })
                {
                    Check<T>(lines, height: lines, depth, lineStep: depth + 2, depthStep: 1);
                    Check<T>(lines, height: lines + 5, depth, lineStep: depth, depthStep: 1);
                    Check<T>(lines, height: lines, depth, lineStep: 1, depthStep: lines);
                    Check<T>(lines, height: lines + 5, depth, lineStep: 1, depthStep: lines + 3);
                }
            }
        }

        static void Check<T>(int lines, int height, int depth, int lineStep, int depthStep)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Framed<T> source = Numbered<T>(((lines - 1) * lineStep) + ((depth - 1) * depthStep) + 1, offset: lines % 4), panel = Framed<T>.Output(height * depth, offset: depth % 4);
            fixed (T* from = source.Values, to = panel.Values)
                Packing.Pack(new Operand<T>(from, lineStep, depthStep), lines, height, depth, to);

            // What lies in the panel's lines past the last is never used; here it stays as it was.
            T[] expected = [.. Enumerable.Repeat(T.NaN, height * depth)];
            for (int k = 0; k < depth; k++)
            {
                for (int line = 0; line < lines; line++)
                    expected[(k * height) + line] = source.Values[(line * lineStep) + (k * depthStep)];
            }

            panel.ShouldHold(expected, $"{lines} lines of {depth} in a panel of {height}, {lineStep} and {depthStep} apart");
        }
    }

    [Fact]
    public void Panels_lie_one_behind_the_other()
    {
        Both<float>();
        Both<double>();

        static void Both<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int lines = 1; lines <= MostLines; lines++)
            {
                foreach (int depth in new[] { 1, 7, 8, 9, 17, 26, 40 })
                    Check<T>(lines, depth);
            }
        }

        static void Check<T>(int lines, int depth)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            int depthStep = lines + 2, panels = (lines + 5) / 6;
            Framed<T> source = Numbered<T>(((depth - 1) * depthStep) + lines, offset: lines % 4), packed = Framed<T>.Output(lines * depth, offset: depth % 4);
            fixed (T* from = source.Values, to = packed.Values)
                Packing.PackPanels(new Operand<T>(from, 1, depthStep), lines, depth, to);

            T[] expected = new T[lines * depth];
            for (int panel = 0, first = 0, place = 0; panel < panels; panel++)
            {
                int end = first + (lines / panels) + (panel < lines % panels ? 1 : 0);
                for (int k = 0; k < depth; k++)
                {
                    for (int line = first; line < end; line++)
                        expected[place++] = source.Values[(k * depthStep) + line];
                }

                first = end;
            }

            packed.ShouldHold(expected, $"{lines} lines of {depth}");
        }
    }

    [Fact]
    public void A_block_is_transposed_and_nothing_beside_it()
    {
        Both<float>();
        Both<double>();

        static void Both<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int offset = 0; offset < 4; offset++)
            {
                Check<T>(4, 4, offset, RegisterTranspose.FourByFour);
                Check<T>(8, 4, offset, RegisterTranspose.EightByFour);
                Check<T>(16, 4, offset, RegisterTranspose.SixteenByFour);
                Check<T>(16, 16, offset, RegisterTranspose.SixteenBySixteen);
            }
        }

        static void Check<T>(int lines, int places, int offset, Block<T> transpose)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            int sourceStep = places + 3, destinationStep = lines + 5;
            Framed<T> source = Numbered<T>(((lines - 1) * sourceStep) + places, offset), destination = Framed<T>.Output(((places - 1) * destinationStep) + lines, offset);
            fixed (T* from = source.Values, to = destination.Values)
                transpose(from, sourceStep, to, destinationStep);

            T[] expected = [.. Enumerable.Repeat(T.NaN, destination.Values.Length)];
            for (int line = 0; line < lines; line++)
            {
                for (int place = 0; place < places; place++)
                    expected[(place * destinationStep) + line] = source.Values[(line * sourceStep) + place];
            }

            destination.ShouldHold(expected, $"{lines} lines of {places}");
        }
    }

    [Fact]
    public void Sums_of_sixteen_lines_take_in_place_after_place()
    {
        SquareTranspose.IsSupported.Should().Be(Vector512.IsHardwareAccelerated);
        if (!SquareTranspose.IsSupported)
            return;

        const int MostGroups = 4;
        float** groups = stackalloc float*[MostGroups];
        for (int count = 1; count <= MostGroups; count++)
        {
            for (int squares = 0; squares <= 18; squares++)
            {
                int first = squares % 3, depth = first + (16 * squares), step = depth + 1, rows = 1 + (squares % 4), rowStep = squares % 2 == 0 ? 1 : (2 * depth) + 3, placeStep = squares % 2 == 0 ? rows : 2;
                Framed<float> x = Numbered<float>(((rows - 1) * rowStep) + ((depth - 1) * placeStep) + 1, offset: 1), b = Numbered<float>(16 * count * step, offset: 3);
                Framed<float> sums = Framed<float>.Output(16 * rows * count, offset: 2);
                Numbered<float>(16 * rows * count).Values.CopyTo(sums.Values);
                float[] expected = sums.Values.ToArray();
                for (int line = 0; line < 16 * count; line++)
                {
                    for (int row = 0; row < rows; row++)
                    {
                        ref float sum = ref expected[(((line / 16 * rows) + row) * 16) + (line % 16)];
                        for (int place = first; place < depth; place++)
                            sum = MathF.FusedMultiplyAdd(b.Values[(line * step) + place], x.Values[(row * rowStep) + (place * placeStep)], sum);
                    }
                }

                fixed (float* factors = x.Values, lines = b.Values, totals = sums.Values)
                {
                    for (int group = 0; group < count; group++)
                        groups[group] = lines + (16 * group * step);
                    SquareTranspose.MultiplyAdd(new(factors, rowStep, placeStep), rows, groups, count, step, first, squares, fetchesAhead: squares % 3 == 0, totals);
                }

                sums.ShouldHold(expected, $"{rows} rows of {count} groups of sixteen sums over {first} to {depth}");
            }
        }
    }

    private delegate void Block<T>(T* source, nint sourceStep, T* destination, nint destinationStep)
        where T : unmanaged;

    // No number twice, and fractions so that the order of a sum shows.
    private static Framed<T> Numbered<T>(int count, int offset = 0)
        where T : unmanaged, IFloatingPointIeee754<T> => Framed<T>.Input([.. Enumerable.Range(1, count).Select(i => T.CreateTruncating(i) / T.CreateTruncating(7))], offset);
}
