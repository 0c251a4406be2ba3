using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Convolutions of 3x3 kernels tile by tile and number by number, as <see cref="Winograd"/> describes: transforms of rows, then of columns; sums over channels, or over tiles and samples, in order.</summary>
internal static class WinogradTwin<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // As many as the kernel cuts the tiles into, and the most sums that it keeps for them all: at each position, with a line more, for each input channel and the bias whole lines of output channels.
    private const int MostChunks = 8, MostSums = 1 << 21, LineBytes = 64;

    private static readonly T Half = T.CreateTruncating(0.5), Third = T.One / T.CreateTruncating(3), Fifteenth = T.One / T.CreateTruncating(15), FourFifteenths = T.CreateTruncating(4) / T.CreateTruncating(15);

    /// <summary>The outputs, or on the way back the gradients of the inputs.</summary>
    public static T[] Product(ConvolutionShape shape, int samples, T[] source, T[] weight, T[] start, bool isBack)
    {
        (int size, Transforms transforms) = Of(shape);
        int reach = size + 2, bias = reach + 1;
        (int inputs, int outputs) = isBack ? (shape.GroupOutputs, shape.GroupInputs) : (shape.GroupInputs, shape.GroupOutputs);
        var from = new Image(source, isBack ? shape.Rows.Output : shape.Rows.Input, isBack ? shape.Columns.Output : shape.Columns.Input, samples);
        (int height, int width) = isBack ? (shape.Rows.Input, shape.Columns.Input) : (shape.Rows.Output, shape.Columns.Output);
        (int top, int left) = isBack ? (2 - shape.Rows.Padding, 2 - shape.Columns.Padding) : (shape.Rows.Padding, shape.Columns.Padding);
        var to = new Image(new T[shape.Groups * outputs * height * width * samples], height, width, samples);
        T[][][] kernels = [.. Enumerable.Range(0, shape.Groups * outputs).Select(output => Enumerable.Range(0, inputs).Select(input => Along(KernelOf(output, input), 3, transforms.Kernel)).ToArray())];
        for (int row = 0; row < height; row += size)
        {
            for (int column = 0; column < width; column += size)
            {
                for (int sample = 0; sample < samples; sample++)
                {
                    T[][] d = [.. Enumerable.Range(0, shape.Groups * inputs).Select(input => Along(from.Tile(input, row - top, column - left, reach, sample), reach, transforms.Input))];
                    for (int output = 0; output < kernels.Length; output++)
                    {
                        var sums = new T[reach * reach];
                        sums[bias] = start[output];
                        for (int input = 0; input < inputs; input++)
                        {
                            for (int position = 0; position < sums.Length; position++)
                                sums[position] = T.FusedMultiplyAdd(d[(output / outputs * inputs) + input][position], kernels[output][input][position], sums[position]);
                        }

                        to.Set(output, row, column, size, sample, Along(sums, reach, transforms.Output));
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
        (int size, Transforms transforms) = Of(shape);
        int reach = size + 2, biasPosition = reach + 1;
        Image inputs = new(x, shape.Rows.Input, shape.Columns.Input, samples), gradients = new(dy, shape.Rows.Output, shape.Columns.Output, samples);
        T[] dw = new T[shape.WeightCount], db = new T[shape.OutputChannels];
        int tileColumns = (shape.Columns.Output + size - 1) / size, tiles = (shape.Rows.Output + size - 1) / size * tileColumns, chunks = Math.Clamp(MostSums / SumsOfChunk(shape, reach * reach), 1, Math.Min(MostChunks, tiles));
        var positions = (from tile in Enumerable.Range(0, tiles) from sample in Enumerable.Range(0, samples) select (Row: tile / tileColumns * size, Column: tile % tileColumns * size, Sample: sample)).ToArray();
        T[][][] d = [.. Enumerable.Range(0, shape.InputChannels).Select(input => positions.Select(at => Along(inputs.Tile(input, at.Row - shape.Rows.Padding, at.Column - shape.Columns.Padding, reach, at.Sample), reach, transforms.Input)).ToArray())];
        T[][][] e = [.. Enumerable.Range(0, shape.OutputChannels).Select(output => positions.Select(at => Along(gradients.Tile(output, at.Row, at.Column, size, at.Sample), size, transforms.OutputGradient)).ToArray())];
        for (int output = 0; output < shape.OutputChannels; output++)
        {
            for (int input = 0; input < shape.GroupInputs; input++)
            {
                T[] sums = [];
                T bias = T.Zero;
                for (int chunk = 0; chunk < chunks; chunk++)
                {
                    T[] sum = new T[reach * reach];
                    T biasSum = T.Zero;
                    for (int i = tiles * chunk / chunks * samples; i < tiles * (chunk + 1) / chunks * samples; i++)
                    {
                        T[] left = e[output][i], right = d[(output / shape.GroupOutputs * shape.GroupInputs) + input][i];
                        for (int position = 0; position < sum.Length; position++)
                            sum[position] = T.FusedMultiplyAdd(left[position], right[position], sum[position]);
                        biasSum += left[biasPosition];
                    }

                    sums = chunk == 0 ? sum : [.. sums.Zip(sum, (a, b) => a + b)];
                    bias = chunk == 0 ? biasSum : bias + biasSum;
                }

                Along(sums, reach, transforms.KernelGradient).CopyTo(dw, ((output * shape.GroupInputs) + input) * 9);
                db[output] = bias;
            }
        }

        return (dw, db);
    }

    private static int SumsOfChunk(ConvolutionShape shape, int positions)
    {
        int line = LineBytes / Unsafe.SizeOf<T>(), lanes = (shape.GroupOutputs + line - 1) / line * line;
        return shape.Groups * positions * (((shape.GroupInputs + 1) * lanes) + line);
    }

    private static (int Size, Transforms Transforms) Of(ConvolutionShape shape) => shape.Tile!.Value.IsLarge ? (4, Large) : (2, Small);

    private static readonly Transforms Small = new(
        Kernel: g => [g[0], Half * (g[0] + g[2] + g[1]), Half * (g[0] + g[2] - g[1]), g[2]],
        Input: d => [d[0] - d[2], d[1] + d[2], d[2] - d[1], d[3] - d[1]],
        Output: m => [m[0] + m[1] + m[2], m[1] - m[2] + m[3]],
        OutputGradient: e => [e[0], e[0] + e[1], e[0] - e[1], e[1]],
        KernelGradient: u => [u[0] + (Half * (u[1] + u[2])), Half * (u[1] - u[2]), u[3] + (Half * (u[1] + u[2]))]);

    private static readonly Transforms Large = new(
        Kernel: g =>
        [
            g[0], Third * (g[0] + g[2] + g[1]), Third * (g[1] - (g[0] + g[2])),
            -FourFifteenths * Fma(4, g[0], Fma(2, g[1], g[2])), Fifteenth * Fma(4, g[2], Fma(-2, g[1], g[0])), g[2],
        ],
        Input: d =>
        {
            (T r, T s) = (d[4] - d[2], d[3] - d[1]);
            return [Fma(1.5, s, r) + (d[0] - d[2]), Fma(1.5, d[3] + d[2], r + s), Fma(1.5, d[3] - d[2], r - s), Fma(2, s, r), Fma(-0.5, s, r), Fma(1.5, r, d[5] - d[3]) - s];
        },
        Output: m =>
        [
            m[0] + (m[1] + m[2]) + (m[3] + m[4]), Fma(-2, m[4], Fma(0.5, m[3], m[1] - m[2])),
            Fma(4, m[4], Fma(0.25, m[3], m[1] + m[2])), Fma(-8, m[4], Fma(0.125, m[3], m[1] - m[2])) + m[5],
        ],
        OutputGradient: e =>
        [
            e[0], e[0] + e[2] + (e[1] + e[3]), e[0] + e[2] - (e[1] + e[3]),
            Fma(0.125, e[3], Fma(0.25, e[2], Fma(0.5, e[1], e[0]))), Fma(-8, e[3], Fma(4, e[2], Fma(-2, e[1], e[0]))), e[3],
        ],
        KernelGradient: u =>
        {
            (T difference, T sum, T third, T fourth) = (Third * (u[1] - u[2]), Third * (u[1] + u[2]), FourFifteenths * u[3], Fifteenth * u[4]);
            return [u[0] + difference + Fma(-4, third, fourth), Fma(-2, third + fourth, sum), Fma(4, fourth, difference) - third + u[5]];
        });

    private static T Fma(double a, T b, T c) => T.FusedMultiplyAdd(T.CreateTruncating(a), b, c);

    // A square of numbers, row by row: each column by itself, then each row.
    private static T[] Along(T[] square, int size, Func<T[], T[]> along)
    {
        T[][] columns = [.. Enumerable.Range(0, size).Select(column => along([.. Enumerable.Range(0, size).Select(row => square[(row * size) + column])]))];
        return [.. Enumerable.Range(0, columns[0].Length).SelectMany(row => along([.. columns.Select(column => column[row])]))];
    }

    // Along one axis.
    private sealed record Transforms(Func<T[], T[]> Kernel, Func<T[], T[]> Input, Func<T[], T[]> Output, Func<T[], T[]> OutputGradient, Func<T[], T[]> KernelGradient);

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

        public void Set(int channel, int top, int left, int size, int sample, T[] outputs)
        {
            for (int i = 0; i < outputs.Length; i++)
            {
                if (Index(channel, top + (i / size), left + (i % size), sample) is { } index)
                    Values[index] = outputs[i];
            }
        }

        private int? Index(int channel, int row, int column, int sample) =>
            row >= 0 && row < Height && column >= 0 && column < Width ? ((((channel * Height) + row) * Width) + column) * Samples + sample : null;
    }
}
