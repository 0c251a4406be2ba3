using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Normalisations against plain loops: the same bits for every number of rows around the vector widths and the partial sums, on one thread and on several.</summary>
public class NormalizationKernelTests
{
    private const int Columns = 6;

    // Four of the widest vectors and three more, and two rounds of 64 partial sums.
    private static readonly int[] RowCounts = [.. Enumerable.Range(1, (4 * 16) + 3), 127, 128, 129, 150];

    [Fact]
    public void Columns_are_normalised_as_by_plain_loops_to_the_bit()
    {
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T epsilon = T.CreateTruncating(1e-3);
            foreach (int rows in RowCounts)
            {
                T[] x = Numbers<T>(rows * Columns, 1), dy = Numbers<T>(rows * Columns, 2), weight = Numbers<T>(Columns, 3), bias = Numbers<T>(Columns, 4);
                T[] means = new T[Columns], variances = new T[Columns], inverses = new T[Columns], weightGradient = new T[Columns], biasGradient = new T[Columns];
                Framed<T> y = Framed<T>.Output(x.Length), applied = Framed<T>.Output(x.Length), dx = Framed<T>.Output(x.Length), constant = Framed<T>.Output(x.Length), bare = Framed<T>.Output(x.Length);
                MatrixSpan<T> input = Framed<T>.Input(x).Matrix(rows, Columns), gradient = Framed<T>.Input(dy).Matrix(rows, Columns);
                ColumnNormalization.Forward(input, epsilon, default, default, means, variances, inverses, bare.Matrix(rows, Columns));
                ColumnNormalization.Forward(input, epsilon, weight, bias, means, variances, inverses, y.Matrix(rows, Columns));
                ColumnNormalization.Apply(input, weight, bias, means, inverses, applied.Matrix(rows, Columns));
                ColumnNormalization.Backward(input, gradient, false, weight, means, inverses, weightGradient, biasGradient, dx.Matrix(rows, Columns));
                ColumnNormalization.Backward(input, gradient, true, weight, means, inverses, weightGradient, biasGradient, constant.Matrix(rows, Columns));

                T count = T.CreateTruncating(rows);
                T[] expectedY = new T[x.Length], expectedBare = new T[x.Length], expectedDx = new T[x.Length], expectedConstant = new T[x.Length];
                for (int column = 0; column < Columns; column++)
                {
                    T[] ownX = x[(column * rows)..((column + 1) * rows)], ownDy = dy[(column * rows)..((column + 1) * rows)];
                    T mean = Sum(ownX) / count;
                    T variance = Sum([.. ownX.Select(value => (value - mean) * (value - mean))]) / count;
                    T inverse = T.One / T.Sqrt(variance + epsilon), scale = weight[column] * inverse;
                    T sum = Sum(ownDy), product = Sum([.. ownDy.Zip(ownX, (d, value) => d * (value - mean))]);
                    T offset = sum / count, slope = -(product * inverse * inverse / count);
                    Same(means[column], mean);
                    Same(variances[column], variance);
                    Same(inverses[column], inverse);
                    Same(weightGradient[column], product * inverse);
                    Same(biasGradient[column], sum);
                    for (int row = 0; row < rows; row++)
                    {
                        int i = (column * rows) + row;
                        expectedY[i] = T.FusedMultiplyAdd(x[i] - mean, scale, bias[column]);
                        expectedBare[i] = T.FusedMultiplyAdd(x[i] - mean, inverse, T.Zero);
                        expectedDx[i] = scale * T.FusedMultiplyAdd(x[i] - mean, slope, dy[i] - offset);
                        expectedConstant[i] = T.FusedMultiplyAdd(dy[i], scale, T.Zero);
                    }
                }

                y.ShouldHold(expectedY, $"{rows} normalised rows");
                bare.ShouldHold(expectedBare, $"{rows} rows without weight and bias");
                applied.ShouldHold(expectedY, $"{rows} rows with given statistics");
                dx.ShouldHold(expectedDx, $"the gradient of {rows} rows");
                constant.ShouldHold(expectedConstant, $"the gradient of {rows} rows with constant statistics");
            }
        }
    }

    [Fact]
    public void Samples_are_normalised_as_by_plain_loops_to_the_bit()
    {
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T epsilon = T.CreateTruncating(1e-3);
            foreach (int rows in RowCounts)
            {
                // 1, 2, 3 and 6 features of a group: what is left over of four is 1, 2, 3 and 2.
                foreach (int groups in (int[])[6, 3, 2, 1])
                {
                    int size = Columns / groups;
                    T[] x = Numbers<T>(rows * Columns, 1), dy = Numbers<T>(rows * Columns, 2), weight = Numbers<T>(Columns, 3), bias = Numbers<T>(Columns, 4);
                    T[] means = new T[rows * groups], inverses = new T[rows * groups], weightGradient = new T[Columns], biasGradient = new T[Columns];
                    Framed<T> y = Framed<T>.Output(x.Length), dx = Framed<T>.Output(x.Length);
                    MatrixSpan<T> input = Framed<T>.Input(x).Matrix(rows, Columns), gradient = Framed<T>.Input(dy).Matrix(rows, Columns);
                    SampleNormalization.Forward(input, epsilon, weight, bias, new(means, rows, groups), new(inverses, rows, groups), y.Matrix(rows, Columns));
                    SampleNormalization.Backward(input, gradient, weight, new(means, rows, groups), new(inverses, rows, groups), dx.Matrix(rows, Columns));
                    SampleNormalization.BackwardParameters(input, gradient, new(means, rows, groups), new(inverses, rows, groups), weightGradient, biasGradient);

                    T[] expectedY = new T[x.Length], expectedDx = new T[x.Length], normalized = new T[x.Length];
                    T count = T.CreateTruncating(size);
                    for (int row = 0; row < rows; row++)
                    {
                        for (int group = 0; group < groups; group++)
                        {
                            int[] columns = [.. Enumerable.Range(group * size, size)];
                            T mean = LongSumTests.Plain([.. columns.Select(column => x[(column * rows) + row])]) / count;
                            T variance = LongSumTests.Plain([.. columns.Select(column => (x[(column * rows) + row] - mean) * (x[(column * rows) + row] - mean))]) / count;
                            T inverse = T.One / T.Sqrt(variance + epsilon);
                            Same(means[(group * rows) + row], mean);
                            Same(inverses[(group * rows) + row], inverse);
                            foreach (int column in columns)
                            {
                                int i = (column * rows) + row;
                                normalized[i] = (x[i] - mean) * inverse;
                                expectedY[i] = T.FusedMultiplyAdd(normalized[i], weight[column], bias[column]);
                            }

                            T offset = LongSumTests.Plain([.. columns.Select(column => weight[column] * dy[(column * rows) + row])]) / count;
                            T slope = LongSumTests.Plain([.. columns.Select(column => weight[column] * dy[(column * rows) + row] * normalized[(column * rows) + row])]) / count;
                            foreach (int column in columns)
                            {
                                int i = (column * rows) + row;
                                expectedDx[i] = inverse * ((weight[column] * dy[i]) - offset - (normalized[i] * slope));
                            }
                        }
                    }

                    for (int column = 0; column < Columns; column++)
                    {
                        T[] ownDy = dy[(column * rows)..((column + 1) * rows)];
                        Same(biasGradient[column], Sum(ownDy));
                        Same(weightGradient[column], Sum([.. ownDy.Zip(normalized[(column * rows)..((column + 1) * rows)], (d, value) => d * value)]));
                    }

                    y.ShouldHold(expectedY, $"{rows} normalised samples of {groups} groups");
                    dx.ShouldHold(expectedDx, $"the gradient of {rows} samples of {groups} groups");
                }
            }
        }
    }

    [Theory]
    [InlineData(100, 700)]
    [InlineData(20_001, 3)]
    [InlineData(300, 120)]
    public void Threads_change_no_bit(int rows, int columns)
    {
        float[] x = Numbers<float>(rows * columns, 1), dy = Numbers<float>(rows * columns, 2), weight = Numbers<float>(columns, 3), bias = Numbers<float>(columns, 4);
        float[][] expected = On(1);
        foreach (int threads in (int[])[2, 8])
        {
            float[][] found = On(threads);
            for (int i = 0; i < expected.Length; i++)
                found[i].AsSpan().SequenceEqual(expected[i]).Should().BeTrue("array {0} is the same on {1} threads", i, threads);
        }

        float[][] On(int threads)
        {
            using ThreadLimit.Scope limit = ThreadLimit.Enter(threads);
            float[] y = new float[x.Length], dx = new float[x.Length], means = new float[columns], variances = new float[columns], inverses = new float[columns];
            float[] weightGradient = new float[columns], biasGradient = new float[columns];
            ColumnNormalization.Forward(new(x, rows, columns), 1e-5f, weight, bias, means, variances, inverses, new(y, rows, columns));
            ColumnNormalization.Backward(new(x, rows, columns), new(dy, rows, columns), false, weight, means, inverses, weightGradient, biasGradient, new(dx, rows, columns));
            float[] ySamples = new float[x.Length], dxSamples = new float[x.Length], meansSamples = new float[rows], inversesSamples = new float[rows];
            float[] weightGradientSamples = new float[columns], biasGradientSamples = new float[columns];
            SampleNormalization.Forward(new(x, rows, columns), 1e-5f, weight, bias, new(meansSamples, rows, 1), new(inversesSamples, rows, 1), new(ySamples, rows, columns));
            SampleNormalization.Backward(new(x, rows, columns), new(dy, rows, columns), weight, new(meansSamples, rows, 1), new(inversesSamples, rows, 1), new(dxSamples, rows, columns));
            SampleNormalization.BackwardParameters(new(x, rows, columns), new(dy, rows, columns), new(meansSamples, rows, 1), new(inversesSamples, rows, 1), weightGradientSamples, biasGradientSamples);
            return [y, dx, weightGradient, biasGradient, ySamples, dxSamples, weightGradientSamples, biasGradientSamples];
        }
    }

    [Fact]
    public void A_mean_far_from_zero_costs_the_variance_no_digits()
    {
        // By hand: 0, 1, 2, 3 over and over has mean 1.5 and variance 1.25, and so does it beside 2^20, where float's step is 1/8.
        float[] x = [.. Enumerable.Range(0, 1000).Select(i => (1 << 20) + (float)(i % 4))], means = [0], variances = [0], inverses = [0];
        ColumnNormalization.Forward(new(x, 1000, 1), 1e-5f, default, default, means, variances, inverses, new(new float[1000], 1000, 1));

        variances[0].Should().BeApproximately(1.25f, 0.01f);
        means[0].Should().BeApproximately((1 << 20) + 1.5f, 0.25f);
    }

    [Fact]
    public void NaN_and_infinity_stay_in_their_column_and_in_their_sample()
    {
        const int Rows = 20, Width = 3;
        foreach (float special in (float[])[float.NaN, float.PositiveInfinity])
        {
            float[] x = Numbers<float>(Rows * Width, 1), y = new float[x.Length], three = [1, 1, 1], perRow = new float[Rows];
            x[Rows + 7] = special;
            ColumnNormalization.Forward(new(x, Rows, Width), 1e-5f, default, default, new float[Width], new float[Width], new float[Width], new(y, Rows, Width));
            for (int i = 0; i < y.Length; i++)
                (float.IsNaN(y[i]) == (i / Rows == 1)).Should().BeTrue();
            SampleNormalization.Forward(new(x, Rows, Width), 1e-5f, three, three, new(perRow, Rows, 1), new(new float[Rows], Rows, 1), new(y, Rows, Width));
            for (int i = 0; i < y.Length; i++)
                (float.IsNaN(y[i]) == (i % Rows == 7)).Should().BeTrue();
        }
    }

    // 64 partial sums and a tree.
    private static T Sum<T>(T[] terms)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var partials = new T[64];
        for (int i = 0; i < terms.Length; i++)
            partials[i % 64] += terms[i];
        for (int half = 32; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
                partials[i] += partials[i + half];
        }

        return partials[0];
    }

    private static T[] Numbers<T>(int length, int seed)
        where T : unmanaged, IFloatingPointIeee754<T> => Make.Uniform<T>(length, 1, seed).AsColumnMajorArray();

    private static void Same<T>(T found, T expected)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (found != expected)
            found.Should().Be(expected, "it is the same to the bit");
    }
}
