using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Sums of numbers against a plain loop, for every length around the vector widths.</summary>
public class AdditionTests
{
    [Fact]
    public void Sums_are_those_of_a_plain_loop_to_the_bit_also_in_place()
    {
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            const int Longest = (4 * 16) + 3;
            T[] special = [T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.NegativeZero, T.Zero, T.Epsilon];
            for (int length = 0; length <= Longest; length++)
            {
                T[] x = new T[length], y = new T[length], expected = new T[length];
                new Uniform(-2, 2).Fill<T>(x, 1, 1, new CounterRandom(1));
                new Uniform(-2, 2).Fill<T>(y, 1, 1, new CounterRandom(2));
                for (int i = 0; i < length; i++)
                {
                    if (i % 3 == 0)
                        x[i] = special[i % special.Length];
                    if (i % 5 == 0)
                        y[i] = special[(length - i) % special.Length];
                    expected[i] = x[i] + y[i];
                }

                Framed<T> z = Framed<T>.Output(length), left = Framed<T>.Input(x), right = Framed<T>.Input(y);
                Addition.Add<T>(left.Values, right.Values, z.Values);
                z.ShouldHold(expected, $"the sum of {length}");
                Addition.Add<T>(z.Values, Framed<T>.Input(y).Values, z.Values);
                z.ShouldHold([.. expected.Zip(y, (sum, add) => sum + add)], $"the sum of {length} in place");
            }
        }
    }
}
