using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Convolutions of 3x3 kernels tile by tile and number by number, as <see cref="Winograd"/> describes: transforms of rows, then of columns; sums over channels, or over tiles and samples, in order.</summary>
internal static class WinogradTwin<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // As many as the kernel cuts the tiles into, and the most sums that it keeps for them all: at each position, with a line more, for each input channel and the bias whole lines of output channels.
    private const int MostChunks = 8, MostSums = 1 << 21, LineBytes = 64;

    private static readonly T Half = T.CreateTruncating(0.5);

    /// <summary>The outputs, or on the way back the gradients of the inputs.</summary>
    public static T[] Product(ConvolutionShape shape, int samples, T[] source, T[] weight, T[] start, bool isBack)
    {
        (int inputs, int outputs) = isBack ? (shape.GroupOutputs, shape.GroupInputs) : (shape.GroupInputs, shape.GroupOutputs);
        var from = new Image(source, isBack ? shape.Rows.Output : shape.Rows.Input, isBack ? shape.Columns.Output : shape.Columns.Input, samples);
        (int height, int width) = isBack ? (shape.Rows.Input, shape.Columns.Input) : (shape.Rows.Output, shape.Columns.Output);
        (int top, int left) = isBack ? (2 - shape.Rows.Padding, 2 - shape.Columns.Padding) : (shape.Rows.Padding, shape.Columns.Padding);
        var to = new Image(new T[shape.Groups * outputs * height * width * samples], height, width, samples);
        T[][][] kernels = [.. Enumerable.Range(0, shape.Groups * outputs).Select(output => Enumerable.Range(0, inputs).Select(input => Kernel(KernelOf(output, input))).ToArray())];
        for (int row = 0; row < height; row += 2)
        {
            for (int column = 0; column < width; column += 2)
            {
                for (int sample = 0; sample < samples; sample++)
                {
                    T[][] d = [.. Enumerable.Range(0, shape.Groups * inputs).Select(input => Input(from.Tile(input, row - top, column - left, 4, sample)))];
                    for (int output = 0; output < kernels.Length; output++)
                    {
                        var sums = new T[16];
                        sums[5] = start[output];
                        for (int input = 0; input < inputs; input++)
                        {
                            for (int position = 0; position < 16; position++)
                                sums[position] = T.FusedMultiplyAdd(d[(output / outputs * inputs) + input][position], kernels[output][input][position], sums[position]);
                        }

                        to.Set(output, row, column, sample, Transform(sums, 4, Output));
                    }
                }
            }
        }

        return to.Values;

        // On the way back an output's kernel is an input's of the other outputs, and turned around.
        T[] KernelOf(int output, int input)
        {
            (int outer, int inner) = isBack ? ((output / outputs * inputs) + input, output % outputs) : (output, input);
            T[] kernel = weight[(((outer * shape.GroupInputs) + inner) * 9)..][..9];
            return isBack ? [.. kernel.Reverse()] : kernel;
        }
    }

    /// <summary>The gradients of weights and bias.</summary>
    public static (T[] Weight, T[] Bias) Gradient(ConvolutionShape shape, int samples, T[] x, T[] dy)
    {
        Image inputs = new(x, shape.Rows.Input, shape.Columns.Input, samples), gradients = new(dy, shape.Rows.Output, shape.Columns.Output, samples);
        T[] dw = new T[shape.WeightCount], db = new T[shape.OutputChannels];
        int tileColumns = (shape.Columns.Output + 1) / 2, tiles = (shape.Rows.Output + 1) / 2 * tileColumns, chunks = Math.Clamp(MostSums / SumsOfChunk(shape), 1, Math.Min(MostChunks, tiles));
        var positions = (from tile in Enumerable.Range(0, tiles) from sample in Enumerable.Range(0, samples) select (Row: tile / tileColumns * 2, Column: tile % tileColumns * 2, Sample: sample)).ToArray();
        T[][][] d = [.. Enumerable.Range(0, shape.InputChannels).Select(input => positions.Select(at => Input(inputs.Tile(input, at.Row - shape.Rows.Padding, at.Column - shape.Columns.Padding, 4, at.Sample))).ToArray())];
        T[][][] e = [.. Enumerable.Range(0, shape.OutputChannels).Select(output => positions.Select(at => Transform(gradients.Tile(output, at.Row, at.Column, 2, at.Sample), 2, OutputGradient)).ToArray())];
        for (int output = 0; output < shape.OutputChannels; output++)
        {
            for (int input = 0; input < shape.GroupInputs; input++)
            {
                T[] sums = new T[16];
                T bias = T.Zero;
                for (int chunk = 0; chunk < chunks; chunk++)
                {
                    T[] sum = new T[16];
                    T biasSum = T.Zero;
                    for (int i = tiles * chunk / chunks * samples; i < tiles * (chunk + 1) / chunks * samples; i++)
                    {
                        T[] left = e[output][i], right = d[(output / shape.GroupOutputs * shape.GroupInputs) + input][i];
                        for (int position = 0; position < 16; position++)
                            sum[position] = T.FusedMultiplyAdd(left[position], right[position], sum[position]);
                        biasSum += left[5];
                    }

                    sums = chunk == 0 ? sum : [.. sums.Zip(sum, (a, b) => a + b)];
                    bias = chunk == 0 ? biasSum : bias + biasSum;
                }

                Transform(sums, 4, KernelGradient).CopyTo(dw, ((output * shape.GroupInputs) + input) * 9);
                db[output] = bias;
            }
        }

        return (dw, db);
    }

    private static int SumsOfChunk(ConvolutionShape shape)
    {
        int line = LineBytes / Unsafe.SizeOf<T>(), lanes = (shape.GroupOutputs + line - 1) / line * line;
        return shape.Groups * 16 * (((shape.GroupInputs + 1) * lanes) + line);
    }

    private static T[] Input(T[] d) => Transform(d, 4, v => [v[0] - v[2], v[1] + v[2], v[2] - v[1], v[3] - v[1]]);

    private static T[] Kernel(T[] kernel) => Transform(kernel, 3, g => [g[0], Half * (g[0] + g[2] + g[1]), Half * (g[0] + g[2] - g[1]), g[2]]);

    private static T[] Output(T[] m) => [m[0] + m[1] + m[2], m[1] - m[2] + m[3]];

    private static T[] OutputGradient(T[] e) => [e[0], e[0] + e[1], e[0] - e[1], e[1]];

    private static T[] KernelGradient(T[] u)
    {
        T inner = Half * (u[1] + u[2]);
        return [u[0] + inner, Half * (u[1] - u[2]), u[3] + inner];
    }

    // A square of numbers, row by row: each column by itself, then each row.
    private static T[] Transform(T[] square, int size, Func<T[], T[]> along)
    {
        T[][] columns = [.. Enumerable.Range(0, size).Select(column => along([.. Enumerable.Range(0, size).Select(row => square[(row * size) + column])]))];
        return [.. Enumerable.Range(0, columns[0].Length).SelectMany(row => along([.. columns.Select(column => column[row])]))];
    }

    private sealed record Image(T[] Values, int Height, int Width, int Samples)
    {
        // Zeros beside the image.
        public T[] Tile(int channel, int top, int left, int size, int sample)
        {
            var tile = new T[size * size];
            for (int i = 0; i < tile.Length; i++)
            {
                if (Index(channel, top + (i / size), left + (i % size), sample) is { } index)
                    tile[i] = Values[index];
            }

            return tile;
        }

        public void Set(int channel, int top, int left, int sample, T[] outputs)
        {
            for (int i = 0; i < outputs.Length; i++)
            {
                if (Index(channel, top + (i / 2), left + (i % 2), sample) is { } index)
                    Values[index] = outputs[i];
            }
        }

        private int? Index(int channel, int row, int column, int sample) =>
            row >= 0 && row < Height && column >= 0 && column < Width ? ((((channel * Height) + row) * Width) + column) * Samples + sample : null;
    }
}
