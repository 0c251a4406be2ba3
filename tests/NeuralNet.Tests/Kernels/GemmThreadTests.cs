using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Products large enough to be shared among threads. By themselves, since while another region runs a caller works alone.</summary>
[Collection(RunsAlone.Name)]
public class GemmThreadTests
{
    [Theory]
    [InlineData(67, 71, 803)] // Cut by columns.
    [InlineData(2501, 71, 21)] // Cut by rows on 2 threads and more.
    [InlineData(131, 1500, 23)] // Cut by rows, with fewer panels than threads.
    [InlineData(1, 1500, 803)] // Not cut.
    public void Any_number_of_threads_gives_the_bits_of_the_scalar_twin(int m, int k, int n)
    {
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var product = new ProductCase<T>(m, k, n);
            foreach (int threads in new[] { 1, 2, 3, 8 })
            {
                using ThreadLimit.Scope limit = ThreadLimit.Enter(threads);
                product.Check();
            }
        }
    }

    // So many panels of rows that their number times that of the vectors is more than an int holds.
    [Fact]
    public void A_product_may_have_millions_of_rows()
    {
        const int Rows = 1_500_001;
        float[] weight = [3], x = [.. Enumerable.Range(0, Rows).Select(row => (float)(row % 1000))], y = new float[Rows];
        using ThreadLimit.Scope limit = ThreadLimit.Enter(1);
        Gemm.Multiply<float>(new(x, Rows, 1), new(weight, 1, 1), default, new(y, Rows, 1));
        for (int row = 0; row < Rows; row++)
        {
            if (y[row] != 3 * (row % 1000))
                y[row].Should().Be(3 * (row % 1000), "row {0} is three times its number", row);
        }
    }
}
