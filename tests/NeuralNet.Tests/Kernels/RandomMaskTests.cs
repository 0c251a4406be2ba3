using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Masks against the scalar generator, word for word; vectors of words against plain arithmetic.</summary>
public unsafe class RandomMaskTests
{
    private const ulong Key = 0xFEDCBA9876543210, Stream = 0x123456789A;

    [Fact]
    public void A_mask_is_that_of_the_scalar_generator()
    {
        Check<float>(0.5);
        Check<double>(0.5);
        Check<float>(0.1);
        Check<double>(0.9999);

        static void Check<T>(double ratio)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T kept = T.CreateTruncating(1 / (1 - ratio));
            for (int rows = 1; rows <= (4 * 16) + 3; rows++)
            {
                int columns = 1 + (rows % 9);
                Framed<T> mask = Framed<T>.Output(rows * columns);
                RandomMask.Fill(Key, Stream, ratio, kept, mask.Matrix(rows, columns));
                mask.ShouldHold([.. Enumerable.Range(0, rows * columns).Select(i => Word(i % rows, i / rows) < ratio * Math.Pow(2, 32) ? T.Zero : kept)], $"a mask of {rows} rows");
            }
        }
    }

    [Fact]
    public void Products_with_a_mask_are_plain_ones_and_columns_may_share_it()
    {
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int rows = 1; rows <= (4 * 16) + 3; rows++)
            {
                T[] x = Make.Uniform<T>(rows, 6, seed: 1).AsColumnMajorArray(), mask = Make.Uniform<T>(rows, 2, seed: 2).AsColumnMajorArray();
                x[0] = T.NaN;
                x[^1] = T.PositiveInfinity;
                Framed<T> y = Framed<T>.Output(x.Length);
                RandomMask.Apply(Framed<T>.Input(x).Matrix(rows, 6), Framed<T>.Input(mask).Matrix(rows, 2), 3, y.Matrix(rows, 6));
                y.ShouldHold([.. x.Select((value, i) => value * mask[(i / rows / 3 * rows) + (i % rows)])], $"a product of {rows} rows");
            }
        }
    }

    [Theory]
    [InlineData(100, 700)]
    [InlineData(10_001, 7)]
    public void Threads_change_no_bit(int rows, int columns)
    {
        float[] expected = On(1);
        On(2).AsSpan().SequenceEqual(expected).Should().BeTrue();
        On(8).AsSpan().SequenceEqual(expected).Should().BeTrue();

        float[] On(int threads)
        {
            using ThreadLimit.Scope limit = ThreadLimit.Enter(threads);
            var mask = new float[rows * columns];
            RandomMask.Fill(Key, Stream, 0.3, 2f, new MatrixSpan<float>(mask, rows, columns));
            return mask;
        }
    }

    [Fact]
    public void Vectors_of_words_compute_as_single_words_do()
    {
        Check<ScalarWord>();
        if (Vector128.IsHardwareAccelerated)
            Check<Words128>();
        if (Avx2.IsSupported)
            Check<Words256>();
        if (Avx512F.IsSupported)
            Check<Words512>();

        static void Check<W>()
            where W : struct, IWords<W>
        {
            const ulong A = 0xFFFFFFFF_FFFFFFFE, B = 0x00000001_F0000001;
            Lanes(W.Broadcast(A) * W.Broadcast(B), _ => 0xFFFFFFFEUL * 0xF0000001UL);
            Lanes(W.Broadcast(A) + W.Broadcast(B), _ => unchecked(A + B));
            Lanes(W.Broadcast(A) ^ W.Broadcast(B), _ => A ^ B);
            Lanes(W.Upper(W.Broadcast(B)), _ => 1);
            Lanes(W.Counting(uint.MaxValue - 8), lane => uint.MaxValue - 8 + (ulong)lane);
            Lanes(W.Keep(W.Broadcast(A), W.Broadcast(0xFFFFFFFE), W.Broadcast(B)), _ => B);
            Lanes(W.Keep(W.Broadcast(A), W.Broadcast(0xFFFFFFFF), W.Broadcast(B)), _ => 0);
            Lanes(W.Keep(W.Broadcast(A), W.Broadcast(1UL << 32), W.Broadcast(B)), _ => 0);

            static void Lanes(W found, Func<int, ulong> expected)
            {
                ulong* lanes = stackalloc ulong[W.Width];
                uint* words = stackalloc uint[W.Width];
                W.Store((double*)lanes, found);
                W.Store((float*)words, found);
                for (int lane = 0; lane < W.Width; lane++)
                    (lanes[lane], words[lane]).Should().Be((expected(lane), (uint)expected(lane)), "lane {0} of {1}", lane, typeof(W).Name);
            }
        }
    }

    // The word of an element by the library's scalar generator, whose words are tested against its authors' answers.
    private static uint Word(int row, int column)
    {
        (ulong first, ulong second) = Philox.Block(Key, Stream, (uint)row | ((ulong)(column / 4) << 32));
        return (column % 4) switch { 0 => (uint)first, 1 => (uint)(first >> 32), 2 => (uint)second, _ => (uint)(second >> 32) };
    }
}
