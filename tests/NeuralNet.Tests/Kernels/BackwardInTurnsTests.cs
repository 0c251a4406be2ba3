using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Both products of an affine layer's way back, against one after the other on one thread, which <see cref="GemmTests"/> holds to the scalar twin.</summary>
[Collection(RunsAlone.Name)]
public class BackwardInTurnsTests
{
    [Theory]
    [InlineData(67, 131, 803)]
    [InlineData(17, 131, 2103)] // Two blocks of the sums in each half.
    [InlineData(6, 1100, 803)] // Two blocks of the input gradient's columns.
    public void Two_threads_give_the_bits_of_one(int samples, int inputs, int outputs)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            (Matrix<T> one, Matrix<T> oneInput) = Backward<T>(threads: 1, isInTurns: false);
            (Matrix<T> two, Matrix<T> twoInput) = Backward<T>(threads: 2, isInTurns: true);
            two.ShouldBeBits(one);
            twoInput.ShouldBeBits(oneInput);
        }

        (Matrix<T> WeightGradient, Matrix<T> InputGradient) Backward<T>(int threads, bool isInTurns)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            using ThreadLimit.Scope limit = ThreadLimit.Enter(threads);
            Matrix<T> x = Make.Uniform<T>(samples, inputs, seed: 1), dy = Make.Uniform<T>(samples, outputs, seed: 2), weight = Make.Uniform<T>(inputs, outputs, seed: 3);

            // What the results held before, NaN, must not matter.
            Matrix<T> gradient = Matrix<T>.Build.Dense(inputs, outputs, T.NaN), inputGradient = Matrix<T>.Build.Dense(samples, inputs, T.NaN);
            BackwardInTurns.Suits(weight.View(), samples).Should().Be(isInTurns);
            Gemm.Backward(x.View(), dy.View(), weight.View(), gradient.View(), inputGradient.View());
            return (gradient, inputGradient);
        }
    }

    [Fact]
    public void It_is_for_two_threads_and_weights_larger_than_the_sums_that_stay_in_the_caches_with_enough_to_do()
    {
        Suits(threads: 2, samples: 128, inputs: 512, outputs: 512).Should().BeTrue();
        Suits(threads: 1, samples: 128, inputs: 512, outputs: 512).Should().BeFalse();
        Suits(threads: 3, samples: 128, inputs: 512, outputs: 512).Should().BeFalse();
        Suits(threads: 2, samples: 256, inputs: 512, outputs: 512).Should().BeFalse("as many sums pass as the weight has numbers");
        Suits(threads: 2, samples: 128, inputs: 10, outputs: 512).Should().BeFalse("there is little to do");
        Suits(threads: 2, samples: 128, inputs: 2048, outputs: 2048).Should().BeFalse("16 MB do not stay in the caches");

        static bool Suits(int threads, int samples, int inputs, int outputs)
        {
            using ThreadLimit.Scope limit = ThreadLimit.Enter(threads);
            return BackwardInTurns.Suits(Matrix<float>.Build.Dense(inputs, outputs).View(), samples);
        }
    }
}
