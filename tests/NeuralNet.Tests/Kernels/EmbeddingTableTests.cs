using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Looking up, and summing gradients, against plain loops to the bit.</summary>
public class EmbeddingTableTests
{
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(5, 3, 4, 2)]
    [InlineData(33, 7, 5, 20)]
    [InlineData(100, 20, 16, 9)]
    public void Vectors_are_looked_up_and_their_gradients_summed_in_the_order_of_the_samples(int rows, int positions, int width, int vocabulary)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T[] table = Make.Uniform<T>(width, vocabulary, seed: 1).AsColumnMajorArray(), dy = Make.Uniform<T>(rows, positions * width, seed: 2).AsColumnMajorArray();
            int[] indices = Make.Labels(rows * positions, vocabulary, seed: 3);
            T[] expectedY = new T[dy.Length], expectedGradient = new T[table.Length];
            for (int row = 0; row < rows; row++)
            {
                for (int position = 0; position < positions; position++)
                {
                    for (int element = 0; element < width; element++)
                    {
                        int place = (((position * width) + element) * rows) + row, entry = (indices[(position * rows) + row] * width) + element;
                        expectedY[place] = table[entry];
                        expectedGradient[entry] += dy[place];
                    }
                }
            }

            foreach (int threads in (int[])[1, 2, 8])
            {
                using ThreadLimit.Scope limit = ThreadLimit.Enter(threads);
                Framed<T> y = Framed<T>.Output(dy.Length), gradient = Framed<T>.Output(table.Length);
                EmbeddingTable.Forward(table, width, indices, y.Matrix(rows, positions * width));
                EmbeddingTable.Backward(Framed<T>.Input(dy).Matrix(rows, positions * width), width, indices, gradient.Values);
                y.ShouldHold(expectedY, "the vectors");
                gradient.ShouldHold(expectedGradient, "the gradient of the table");
            }
        }
    }
}
