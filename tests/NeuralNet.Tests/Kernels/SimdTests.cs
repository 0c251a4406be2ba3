using System.Runtime.Intrinsics;
using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Vectors of every width against one lane: every operation, and the first lanes alone.</summary>
public unsafe class SimdTests
{
    /// <summary>Not used, nor to be had, on a machine without: its first lanes are an instruction.</summary>
    private static bool IsWidestUsed => Vector512.IsHardwareAccelerated;

    [Fact]
    public void Every_second_and_every_fourth_number_is_loaded()
    {
        Both<float>();
        Both<double>();

        static void Both<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Check<Scalar<T>, T>();
            Check<Simd128<T>, T>();
            Check<Simd256<T>, T>();
            if (IsWidestUsed)
                Check<Simd512<T>, T>();
        }

        static void Check<V, T>()
            where V : struct, ISimd<V, T>
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T[] numbers = [.. Enumerable.Range(1, (4 * V.Width) - 3).Select(i => T.CreateTruncating(i))];
            Framed<T> second = Framed<T>.Output(V.Width), fourth = Framed<T>.Output(V.Width);
            fixed (T* from = numbers, seconds = second.Values, fourths = fourth.Values)
            {
                V.Store(seconds, V.LoadEverySecond(from));
                V.Store(fourths, V.LoadEveryFourth(from));
            }

            second.ShouldHold([.. numbers.Take((2 * V.Width) - 1).Where((_, i) => i % 2 == 0)], typeof(V).Name);
            fourth.ShouldHold([.. numbers.Where((_, i) => i % 4 == 0)], typeof(V).Name);
        }
    }

    [Fact]
    public void Lanes_of_two_vectors_are_stored_by_turns()
    {
        Both<float>();
        Both<double>();

        static void Both<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Check<Scalar<T>, T>();
            Check<Simd128<T>, T>();
            Check<Simd256<T>, T>();
            if (IsWidestUsed)
                Check<Simd512<T>, T>();
        }

        static unsafe void Check<V, T>()
            where V : struct, ISimd<V, T>
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T[] even = [.. Enumerable.Range(0, V.Width).Select(i => T.CreateTruncating(2 * i))], odd = [.. even.Select(number => number + T.One)];
            Framed<T> both = Framed<T>.Output(2 * V.Width);
            fixed (T* first = even, second = odd, to = both.Values)
                V.StoreAlternating(to, V.Load(first), V.Load(second));
            both.ShouldHold([.. Enumerable.Range(0, 2 * V.Width).Select(i => T.CreateTruncating(i))], typeof(V).Name);
        }
    }

    [Fact]
    public void The_first_lanes_are_loaded_and_stored_and_nothing_behind_them()
    {
        Both<float>();
        Both<double>();

        static void Both<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Check<Scalar<T>, T>();
            Check<Simd128<T>, T>();
            Check<Simd256<T>, T>();
            if (IsWidestUsed)
                Check<Simd512<T>, T>();
        }

        static void Check<V, T>()
            where V : struct, ISimd<V, T>
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T[] numbers = [.. Enumerable.Range(1, V.Width).Select(i => T.CreateTruncating(i))];
            for (int count = 1; count <= V.Width; count++)
            {
                for (int offset = 0; offset < 4; offset++)
                {
                    Framed<T> source = Framed<T>.Input(numbers.AsSpan(0, count), offset), lanes = Framed<T>.Output(V.Width, offset), first = Framed<T>.Output(count, offset);
                    fixed (T* from = source.Values, all = lanes.Values, some = first.Values, whole = numbers)
                    {
                        V.Store(all, V.LoadFirst(from, count));
                        V.StoreFirst(some, V.Load(whole), count);
                    }

                    lanes.ShouldHold([.. numbers.Select((number, lane) => lane < count ? number : T.Zero)], $"{typeof(V).Name} with {count} lanes loaded");
                    first.ShouldHold(numbers.AsSpan(0, count), $"{count} lanes of {typeof(V).Name}");
                    if (V.Width > 1 && count < V.Width)
                        CheckPartial<V, T>(numbers, count);
                }
            }
        }

        // The way by the stack, which only vectors without masks take.
        static void CheckPartial<V, T>(T[] numbers, int count)
            where V : struct, ISimd<V, T>
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Framed<T> lanes = Framed<T>.Output(V.Width), first = Framed<T>.Output(count);
            fixed (T* from = numbers, all = lanes.Values, some = first.Values)
            {
                V.Store(all, PartialVector.Load<V, T>(from, count));
                PartialVector.Store(some, V.Load(from), count);
            }

            lanes.ShouldHold([.. numbers.Select((number, lane) => lane < count ? number : T.Zero)], $"{typeof(V).Name} with {count} lanes loaded");
            first.ShouldHold(numbers.AsSpan(0, count), $"{count} lanes of {typeof(V).Name}");
        }
    }

    [Fact]
    public void Every_operation_gives_every_lane_the_bits_of_one_lane()
    {
        Both<float>();
        Both<double>();

        static void Both<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Check<Simd128<T>, T>();
            Check<Simd256<T>, T>();
            Check<Simd512<T>, T>();
        }

        static void Check<V, T>()
            where V : struct, ISimd<V, T>
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T[] numbers =
            [
                T.Zero, T.NegativeZero, T.One, T.NegativeOne, T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.Epsilon, -T.Epsilon,
                .. new[] { 0.5, 1.5, 2.5, -0.5, -1.5, 0.1, -0.3, 1e-30, 1e30, 7.75, 1234567 }.Select(T.CreateTruncating),
            ];
            (T A, T B, T C)[] all = [.. from a in numbers from b in numbers from c in numbers select (a, b, c)];
            T[] x = [.. all.Select(one => one.A)], y = [.. all.Select(one => one.B)], z = [.. all.Select(one => one.C)];
            T[][] expected = Run<Scalar<T>, T>(x, y, z), found = Run<V, T>(x, y, z);
            for (int operation = 0; operation < found.Length; operation++)
                Framed<T>.Input(found[operation]).ShouldHold(expected[operation], $"operation {operation} of {typeof(V).Name}");
        }
    }

    // What each operation makes of whole vectors of numbers. A mask is NaN where it is set and 0 where not.
    private static T[][] Run<V, T>(T[] a, T[] b, T[] c)
        where V : struct, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Func<V, V, V, V>[] operations =
        [
            V.Fma, AddProduct, (a, b, c) => a + b, (a, b, c) => a - b, (a, b, c) => a * b, (a, b, c) => a / b, (a, b, c) => T.CreateTruncating(0.3) * a, (a, b, c) => -a,
            (a, b, c) => V.Sqrt(a), (a, b, c) => V.Abs(a), (a, b, c) => V.LessThan(a, b), (a, b, c) => V.LessThanOrEqual(a, b), (a, b, c) => V.Max(a, b), (a, b, c) => V.Rectify(a),
            (a, b, c) => V.Select(V.LessThan(a, b), c, a), (a, b, c) => V.Round(a), (a, b, c) => V.PowerOfTwo(V.Round(a)), (a, b, c) => V.CopySign(a, b),
            (a, b, c) => V.Broadcast(T.One),

            // Of positive normal numbers.
            (a, b, c) => V.Exponent(V.Max(V.Abs(a), V.Broadcast(T.One))), (a, b, c) => V.Significand(V.Max(V.Abs(a), V.Broadcast(T.One))),
        ];
        return [.. operations.Select(One)];

        static V AddProduct(V a, V b, V sum)
        {
            V.AddProduct(ref sum, a, b);
            return sum;
        }

        T[] One(Func<V, V, V, V> operation)
        {
            var result = new T[a.Length];
            (a.Length % V.Width).Should().Be(0);
            fixed (T* pa = a, pb = b, pc = c, pr = result)
            {
                for (int i = 0; i < result.Length; i += V.Width)
                    V.Store(pr + i, operation(V.Load(pa + i), V.Load(pb + i), V.Load(pc + i)));
            }

            return result;
        }
    }
}
