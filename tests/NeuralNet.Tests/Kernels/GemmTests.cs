using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>
/// The matrix products against their scalar twin, to the bit and not only near: every end of a tile, blocks, and memory at any address in which nothing else is touched.
/// </summary>
public class GemmTests
{
    /// <summary>Four of the widest vectors, and three rows more.</summary>
    private const int Rows = (4 * 16) + 3;

    /// <summary>Two tiles, and a column more.</summary>
    private const int Columns = (2 * 6) + 1;

    /// <summary>m, k, n: every combination of some.</summary>
    public static TheoryData<int[], int[], int[]> Sizes => new()
    {
        // Three panels of rows and more, from which on columns are packed; two of the widest vectors are a panel elsewhere.
        { [127, 128, 129, 145, 191, 193, 257], [1, 9, 17], [1, 2, 3, 4, 5, 6, 7, 13] },

        // Around one and two blocks of k.
        { [1, 2, 17, 67, 131], [1023, 1024, 1025, 2050], [1, 5, 13] },

        // Around one and two blocks of columns.
        { [1, 2, 17, 67, 131], [1, 35], [1025, 1026, 1027, 2053] },

        // A row or a few by weights that are far, or whose columns take each other's places in the cache: all counts of vectors, with k before and behind whole squares.
        { [1, 3], [1024, 2048, 3072], [15, 16, 17, 33, 49, 65, 81] },
        { [1, 2, 4], [4100, 4112, 4123], [61, 100] },

        // Columns from which on rows are packed; with few k and with many.
        { [2, 17, 67, 131], [5, 259], [127, 128, 129] },
    };

    [Theory, MemberData(nameof(KernelCases.Products), MemberType = typeof(KernelCases))]
    public void Products_are_those_of_the_scalar_twin(int m, int k, int n)
    {
        new ProductCase<double>(m, k, n).Check();
        new ProductCase<float>(m, k, n).Check();
    }

    // Up to 2 k for a column the last rows are packed; with more of them, as many lanes are read as there are, which reach into the next k.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(17)]
    [InlineData(35)]
    public void Tiles_of_every_height_and_width_are_those_of_the_scalar_twin(int k)
    {
        for (int m = 1; m <= Rows; m++)
        {
            for (int n = 1; n <= Columns; n++)
            {
                new ProductCase<double>(m, k, n).Check(offset: (m + n) % 4);
                new ProductCase<float>(m, k, n).Check(offset: (m + n) % 4);
            }
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Blocks_and_panels_are_those_of_the_scalar_twin(int[] rows, int[] depths, int[] columns)
    {
        foreach (int m in rows)
        {
            foreach (int k in depths)
            {
                foreach (int n in columns)
                {
                    new ProductCase<double>(m, k, n).Check();
                    new ProductCase<float>(m, k, n).Check();
                }
            }
        }
    }

    // Up to four vectors of columns are summed together, sixteen k are transposed at once; for one row, and for up to four.
    [Fact]
    public void A_row_or_a_few_of_any_length_and_depth_are_those_of_the_scalar_twin()
    {
        int[] depths = Emulation.IsOn ? [1, 2, 15, 16, 17, 32, 35] : [.. Enumerable.Range(1, 35)];
        for (int n = 1; n <= (8 * 16) + 3; n++)
        {
            foreach (int k in depths)
            {
                new ProductCase<double>(1, k, n).Check(offset: n % 4);
                new ProductCase<float>(1, k, n).Check(offset: n % 4);
                new ProductCase<float>(2 + ((n + k) % 4), k, n).Check(offset: n % 4);
            }
        }
    }

    // Behind two vectors and behind three, of one panel and of more; tiles of all widths, of which four columns share a vector and two more; rows as they lie and packed, a block of k and two.
    [Theory]
    [InlineData(36)]
    [InlineData(52)]
    [InlineData(68)]
    [InlineData(100)]
    [InlineData(132)]
    public void Four_last_rows_of_any_width_and_depth_are_those_of_the_scalar_twin(int m)
    {
        int[] columns = [.. Enumerable.Range(1, Columns), 50, 127, 128, 129], depths = Emulation.IsOn ? [1, 2, 35] : [1, 2, 3, 35, 1025];
        foreach (int n in columns)
        {
            foreach (int k in depths)
                new ProductCase<float>(m, k, n).Check(offset: n % 4);
        }
    }

    [Theory]
    [InlineData(36, 19, 30)]
    [InlineData(1, 35, 131)]
    [InlineData(4, 19, 35)]
    [InlineData(3, 5, 7)]
    [InlineData(19, 40, 3)]
    [InlineData(67, 3, 13)]
    [InlineData(131, 17, 8)]
    public void NaN_and_infinity_reach_exactly_the_elements_that_they_belong_to(int m, int k, int n)
    {
        // Each row and each column, at the first k and the last.
        foreach (double number in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            for (int row = 0; row < m; row++)
            {
                Put(number, product => product.A, row, row + ((k - 1) * m));
                Put((float)number, product => product.A, row, row + ((k - 1) * m));
            }

            for (int column = 0; column < n; column++)
            {
                Put(number, product => product.B, column * k, (column * k) + k - 1);
                Put((float)number, product => product.B, column * k, (column * k) + k - 1);
            }
        }

        void Put<T>(T number, Func<ProductCase<T>, T[]> factor, params int[] places)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            foreach (int place in places)
            {
                var product = new ProductCase<T>(m, k, n);
                factor(product)[place] = number;
                product.Check();
            }
        }
    }

    [Fact]
    public void Zero_times_infinity_is_NaN_and_not_skipped()
    {
        Matrix<double> c = Matrix<double>.Build.Dense(1, 1);
        Gemm.Multiply(Make.Rows([0]).View(), Make.Rows([double.PositiveInfinity]).View(), default, c.View());

        c[0, 0].Should().Be(double.NaN);
    }
}
