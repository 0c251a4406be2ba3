using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Every place of a sweep is done, on any number of threads and in memory at any address, and nothing beside them.</summary>
[Collection(RunsAlone.Name)]
public class SweepTests
{
    /// <summary>From which on a second thread pays.</summary>
    private const int TwoUnits = 2 * 8 * 1024;

    public static TheoryData<int, int> Lengths => new() { { 0, (4 * 16) + 3 }, { TwoUnits - 1, TwoUnits + 18 }, { (7 * TwoUnits) + 1, (7 * TwoUnits) + 2 } };

    [Theory, MemberData(nameof(Lengths))]
    public void Every_place_is_done_and_nothing_beside(int shortest, int longest)
    {
        for (int length = shortest; length <= longest; length++)
        {
            Check<float>(length);
            Check<double>(length);
        }

        static void Check<T>(int length)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T[] numbers = [.. Enumerable.Range(0, length).Select(i => T.CreateTruncating(i - (length / 2)))], expected = [.. numbers.Select(number => T.Max(number, T.Zero))];
            foreach (int threads in new[] { 1, 2, 3, 8 })
            {
                using ThreadLimit.Scope limit = ThreadLimit.Enter(threads);
                Framed<T> x = Framed<T>.Input(numbers, offset: threads % 4), y = Framed<T>.Output(length, offset: (length + threads) % 4);
                Elementwise.Forward(default(ReluOperator<T>), x.Values, y.Values);
                y.ShouldHold(expected, $"{length} places on {threads} threads");
            }
        }
    }
}
