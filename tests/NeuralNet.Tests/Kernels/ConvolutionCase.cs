using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>A convolution and its scalar twins: sums in order with fused multiply-add, over what lies within the image; or those of <see cref="WinogradTwin{T}"/>.</summary>
internal sealed class ConvolutionCase<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // As many as the kernel cuts the rows into.
    private const int Chunks = 8;

    private readonly ConvolutionShape shape;
    private readonly int samples;
    private readonly bool areWhole;
    private readonly T[] x, dy, weight, bias, inputBias;

    /// <param name="shape">The convolution.</param>
    /// <param name="samples">The batch.</param>
    /// <param name="areWhole">Whether all numbers are whole and small, so that every sum is exact.</param>
    public ConvolutionCase(ConvolutionShape shape, int samples, bool areWhole = false)
    {
        (this.shape, this.samples, this.areWhole) = (shape, samples, areWhole);
        x = Numbers(samples * InputChannels * shape.InputPlaces, seed: 1);
        dy = Numbers(samples * OutputChannels * shape.OutputPlaces, seed: 2);
        weight = Numbers(shape.WeightCount, seed: 3);
        bias = Numbers(OutputChannels, seed: 4);
        inputBias = Numbers(InputChannels, seed: 5);
    }

    private int InputChannels => shape.Groups * shape.GroupInputs;

    private int OutputChannels => shape.Groups * shape.GroupOutputs;

    /// <summary>All three products against their twins, from memory that begins so many numbers after an array's first.</summary>
    public void Check(int offset = 0)
    {
        Framed<T> input = Framed<T>.Input(x, offset), gradient = Framed<T>.Input(dy, offset), weights = Framed<T>.Input(weight, offset);
        Framed<T> y = Framed<T>.Output(dy.Length, offset), dx = Framed<T>.Output(x.Length, offset), dw = Framed<T>.Output(weight.Length, offset), db = Framed<T>.Output(bias.Length, offset);

        Convolve.Forward(shape, input.Matrix(samples, InputChannels * shape.InputPlaces), weights.Values, bias, y.Matrix(samples, OutputChannels * shape.OutputPlaces));
        T[] expected = Forward(bias);
        y.ShouldHold(expected, "w * x + b");
        y = Framed<T>.Output(dy.Length, offset);
        Convolve.Forward(shape, input.Matrix(samples, InputChannels * shape.InputPlaces), weights.Values, bias, y.Matrix(samples, OutputChannels * shape.OutputPlaces), packed: Convolve.Pack<T>(shape, weights.Values));
        y.ShouldHold(expected, "w * x + b, w packed");
        y = Framed<T>.Output(dy.Length, offset);
        Convolve.Forward(shape, input.Matrix(samples, InputChannels * shape.InputPlaces), weights.Values, bias, y.Matrix(samples, OutputChannels * shape.OutputPlaces), rectifies: true);
        y.ShouldHold([.. expected.Select(value => value <= T.Zero ? T.Zero : value)], "the Relu of w * x + b");
        Convolve.InputGradient(shape, gradient.Matrix(samples, OutputChannels * shape.OutputPlaces), weights.Values, inputBias, dx.Matrix(samples, InputChannels * shape.InputPlaces));
        dx.ShouldHold(InputGradient(inputBias), "wᵀ * dy + b");
        Convolve.WeightGradient(shape, input.Matrix(samples, InputChannels * shape.InputPlaces), gradient.Matrix(samples, OutputChannels * shape.OutputPlaces), dw.Values, db.Values);
        (T[] weightGradient, T[] biasGradient) = WeightGradient();
        dw.ShouldHold(weightGradient, "dL/dw");
        db.ShouldHold(biasGradient, "dL/db");
        dw = Framed<T>.Output(weight.Length, offset);
        Convolve.WeightGradient(shape, input.Matrix(samples, InputChannels * shape.InputPlaces), gradient.Matrix(samples, OutputChannels * shape.OutputPlaces), dw.Values, default);
        dw.ShouldHold(weightGradient, "dL/dw without bias");
    }

    /// <summary>All three products near those of a sliding window, in parts of the largest number.</summary>
    public void CheckNear(T tolerance)
    {
        T[] y = new T[dy.Length], dx = new T[x.Length], dw = new T[weight.Length], db = new T[bias.Length];
        MatrixSpan<T> input = new(x, samples, InputChannels * shape.InputPlaces), gradient = new(dy, samples, OutputChannels * shape.OutputPlaces);
        Convolve.Forward(shape, input, weight, bias, new(y, samples, OutputChannels * shape.OutputPlaces));
        Convolve.InputGradient(shape, gradient, weight, inputBias, new(dx, samples, InputChannels * shape.InputPlaces));
        Convolve.WeightGradient(shape, input, gradient, dw, db);
        (T[] weightGradient, T[] biasGradient) = WeightGradient();
        foreach ((T[] found, T[] expected) in ((T[], T[])[])[(y, Forward(bias)), (dx, InputGradient(inputBias)), (dw, weightGradient), (db, biasGradient)])
        {
            T largest = expected.Max(T.Abs);
            found.Zip(expected, (one, other) => T.Abs(one - other)).Max().Should().BeLessThanOrEqualTo(tolerance * largest);
        }
    }

    // Where all is whole, the window's own sums are the twins of whatever way.
    private bool IsByTiles => shape.Tile is not null && !areWhole;

    private T[] Forward(T[] start)
    {
        if (IsByTiles)
            return WinogradTwin<T>.Product(shape, samples, x, weight, start, isBack: false);
        var y = new T[dy.Length];
        for (int output = 0; output < OutputChannels; output++)
        {
            ForPlaces(shape.Rows.Output, shape.Columns.Output, (row, column) =>
            {
                for (int n = 0; n < samples; n++)
                {
                    T sum = start[output];
                    for (int channel = 0; channel < shape.GroupInputs; channel++)
                    {
                        ForPlaces(shape.Rows.Kernel, shape.Columns.Kernel, (i, j) =>
                        {
                            if (IndexOfX(output, channel, row, column, i, j) is { } index)
                                sum = T.FusedMultiplyAdd(x[index + n], weight[IndexOfWeight(output, channel, i, j)], sum);
                        });
                    }

                    y[IndexOfY(output, row, column) + n] = sum;
                }
            });
        }

        return y;
    }

    private T[] InputGradient(T[] start)
    {
        if (IsByTiles)
            return WinogradTwin<T>.Product(shape, samples, dy, weight, start, isBack: true);
        var dx = new T[x.Length];
        for (int i = 0; i < dx.Length; i++)
            dx[i] = start[i / (samples * shape.InputPlaces)];
        for (int output = 0; output < OutputChannels; output++)
        {
            for (int channel = 0; channel < shape.GroupInputs; channel++)
            {
                ForPlaces(shape.Rows.Kernel, shape.Columns.Kernel, (i, j) => ForPlaces(shape.Rows.Output, shape.Columns.Output, (row, column) =>
                {
                    for (int n = 0; n < samples && IndexOfX(output, channel, row, column, i, j) is { } index; n++)
                        dx[index + n] = T.FusedMultiplyAdd(dy[IndexOfY(output, row, column) + n], weight[IndexOfWeight(output, channel, i, j)], dx[index + n]);
                }));
            }
        }

        return dx;
    }

    private (T[] Weight, T[] Bias) WeightGradient()
    {
        if (IsByTiles)
            return WinogradTwin<T>.Gradient(shape, samples, x, dy);
        T[] dw = new T[weight.Length], db = new T[bias.Length];
        int chunks = Math.Min(Chunks, shape.Rows.Output);
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            T[] sums = new T[weight.Length], biasSums = new T[bias.Length];
            for (int place = shape.Rows.Output * chunk / chunks * shape.Columns.Output; place < shape.Rows.Output * (chunk + 1) / chunks * shape.Columns.Output; place++)
            {
                for (int output = 0; output < OutputChannels; output++)
                {
                    for (int n = 0; n < samples; n++)
                        biasSums[output] += dy[(((output * shape.OutputPlaces) + place) * samples) + n];
                    for (int channel = 0; channel < shape.GroupInputs; channel++)
                    {
                        ForPlaces(shape.Rows.Kernel, shape.Columns.Kernel, (i, j) =>
                        {
                            (int row, int column) = (place / shape.Columns.Output, place % shape.Columns.Output);
                            ref T sum = ref sums[IndexOfWeight(output, channel, i, j)];
                            for (int n = 0; n < samples && IndexOfX(output, channel, row, column, i, j) is { } index; n++)
                                sum = T.FusedMultiplyAdd(dy[IndexOfY(output, row, column) + n], x[index + n], sum);
                        });
                    }
                }
            }

            for (int i = 0; i < dw.Length; i++)
                dw[i] = chunk == 0 ? sums[i] : dw[i] + sums[i];
            for (int i = 0; i < db.Length; i++)
                db[i] = chunk == 0 ? biasSums[i] : db[i] + biasSums[i];
        }

        return (dw, db);
    }

    // Of the first sample; null beside the image.
    private int? IndexOfX(int output, int channel, int row, int column, int i, int j)
    {
        int y = (row * shape.Rows.Stride) + (i * shape.Rows.Dilation) - shape.Rows.Padding, x = (column * shape.Columns.Stride) + (j * shape.Columns.Dilation) - shape.Columns.Padding;
        bool isInside = y >= 0 && y < shape.Rows.Input && x >= 0 && x < shape.Columns.Input;
        int inputChannel = (output / shape.GroupOutputs * shape.GroupInputs) + channel;
        return isInside ? ((((inputChannel * shape.Rows.Input) + y) * shape.Columns.Input) + x) * samples : null;
    }

    private int IndexOfY(int output, int row, int column) => ((((output * shape.Rows.Output) + row) * shape.Columns.Output) + column) * samples;

    private int IndexOfWeight(int output, int channel, int i, int j) => (((((output * shape.GroupInputs) + channel) * shape.Rows.Kernel) + i) * shape.Columns.Kernel) + j;

    private static void ForPlaces(int rows, int columns, Action<int, int> action)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                action(row, column);
        }
    }

    private T[] Numbers(int count, int seed)
    {
        var random = new CounterRandom((ulong)seed);
        var numbers = new T[count];
        for (int i = 0; i < count; i++)
            numbers[i] = T.CreateTruncating(areWhole ? Math.Floor(random.NextDouble() * 9) - 4 : (random.NextDouble() * 4) - 2);
        return numbers;
    }
}
