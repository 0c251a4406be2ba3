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
}
