using NeuralNet.Kernels;

namespace NeuralNet.Tests;

public class GatherTests
{
    // Around the block of 32 samples and the four places read at once, and the sizes of an image batch.
    public static TheoryData<int, int> Sizes
    {
        get
        {
            var sizes = new TheoryData<int, int>();
            foreach (int rows in new[] { 0, 1, 2, 31, 32, 33, 64, 100 })
            {
                foreach (int columns in new[] { 1, 3, 4, 5, 31, 784 })
                    sizes.Add(rows, columns);
            }

            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Bytes_equal_the_scalar_twin(int rows, int columns)
    {
        const int Samples = 150;
        var random = new CounterRandom(1);
        var samples = new byte[Samples * columns];
        random.NextBytes(samples);
        int[] indices = [.. Enumerable.Range(0, rows).Select(_ => random.Next(Samples))];
        if (rows > 0)
            indices[^1] = Samples - 1;

        var single = new float[rows * columns];
        Gather.Bytes(samples, indices, new ByteTable<float>(1 / 255.0), new MatrixSpan<float>(single, rows, columns));
        single.Should().Equal(Twin(samples, indices, columns).Select(value => value / 255f));

        var wide = new double[rows * columns];
        Gather.Bytes(samples, indices, new ByteTable<double>(-0.3), new MatrixSpan<double>(wide, rows, columns));
        wide.Should().Equal(Twin(samples, indices, columns).Select(value => value * -0.3));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Values_equal_the_scalar_twin(int rows, int columns)
    {
        const int Samples = 150;
        var random = new CounterRandom(2);
        double[] samples = [.. Enumerable.Range(0, Samples * columns).Select(_ => random.NextDouble())];
        int[] indices = [.. Enumerable.Range(0, rows).Select(_ => random.Next(Samples))];

        var gathered = new double[rows * columns];
        Gather.Values<double>(samples, indices, new MatrixSpan<double>(gathered, rows, columns));
        gathered.Should().Equal(Twin(samples, indices, columns));
    }

    // Two blocks of samples, two times four places, and more.
    [Fact]
    public void Every_number_of_rows_and_columns_gives_the_scalar_twin()
    {
        for (int rows = 0; rows <= (2 * 32) + 3; rows++)
        {
            for (int columns = 1; columns <= (2 * 16) + 5; columns++)
            {
                byte[] samples = [.. Enumerable.Range(0, 7 * columns).Select(i => (byte)(i * 37))];
                var table = new ByteTable<float>(1 / 255.0);
                float[] numbers = [.. samples.Select(value => value / 255f)];
                int[] indices = [.. Enumerable.Range(0, rows).Select(row => row * 3 % 7)];
                Framed<float> expanded = Framed<float>.Output(rows * columns, offset: rows % 4), gathered = Framed<float>.Output(rows * columns, offset: rows % 4);
                Gather.Bytes(samples, indices, table, expanded.Matrix(rows, columns));
                Gather.Values<float>(numbers, indices, gathered.Matrix(rows, columns));

                float[] expected = Twin(numbers, indices, columns);
                expanded.ShouldHold(expected, $"{rows} samples of {columns} bytes");
                gathered.ShouldHold(expected, $"{rows} samples of {columns} numbers");
            }
        }
    }

    // Parts are made beside the batch.
    [Fact]
    public void Parts_of_the_columns_make_up_the_batch_and_touch_nothing_else()
    {
        const int Columns = 131;
        byte[] samples = [.. Enumerable.Range(0, 7 * Columns).Select(i => (byte)(i * 37))];
        var table = new ByteTable<float>(1 / 255.0);
        foreach (int rows in new[] { 1, 15, 16, 17, 33, 100, 129 })
        {
            int[] indices = [.. Enumerable.Range(0, rows).Select(row => row * 3 % 7)];
            float[] expected = Twin([.. samples.Select(value => value / 255f)], indices, Columns);
            for (int offset = 0; offset < 16; offset++)
            {
                Framed<float> gathered = Framed<float>.Output(rows * Columns, offset);
                int[] bounds = [0, 1, 1 + offset, 50, 67, 115 - offset, Columns];
                for (int part = 1; part < bounds.Length; part++)
                {
                    Gather.Bytes(samples, indices, table, gathered.Matrix(rows, Columns), bounds[part - 1], bounds[part]);
                    gathered.Matrix(rows, Columns).Values[..(rows * bounds[part])].ToArray().Should().Equal(expected[..(rows * bounds[part])]);
                }

                gathered.ShouldHold(expected, $"{rows} samples at {offset}");
            }
        }
    }

    // Where the two floats of the scale do not give what double gives, and where they do: each byte is its exact product, rounded once.
    [Theory]
    [InlineData(1 / 255.0, true)]
    [InlineData(1 / 16.0, true)]
    [InlineData(0.0, true)]
    [InlineData(1e-45, false)]
    public void A_factor_is_used_in_two_floats_only_where_every_byte_agrees(double factor, bool inFloats)
    {
        var table = new ByteTable<float>(factor);

        table.Values.ToArray().Should().Equal(Enumerable.Range(0, 256).Select(value => (float)(value * factor)));
        table.Scale.HasValue.Should().Be(inFloats);
    }

    private static TSource[] Twin<TSource>(TSource[] samples, int[] indices, int columns)
    {
        var rows = new TSource[indices.Length * columns];
        for (int row = 0; row < indices.Length; row++)
        {
            for (int column = 0; column < columns; column++)
                rows[(column * indices.Length) + row] = samples[(indices[row] * columns) + column];
        }

        return rows;
    }
}
