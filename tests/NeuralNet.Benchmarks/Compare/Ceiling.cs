using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using NeuralNet.Kernels;

namespace NeuralNet.Benchmarks;

/// <summary>Fused multiply-adds in registers only, on several threads at once, with the widest vectors that the processor has.</summary>
internal sealed unsafe class Ceiling(bool isDouble, int threads) : Contender(threads)
{
    /// <summary>So many that threads seldom wait for each other as they take the next.</summary>
    private const int StepsPerIteration = 30_000;

    private static double sink;

    // Iterations that no thread has begun.
    private long left;

    /// <summary>Whether the processor has fused multiply-add; without it there is no ceiling to speak of.</summary>
    public static bool IsSupported => Fma.IsSupported || AdvSimd.Arm64.IsSupported;

    /// <summary>The floating-point operations of one iteration on all threads.</summary>
    public double Flops => 2.0 * Threads * Accumulators.Count * StepsPerIteration * VectorBits / (isDouble ? 64 : 32);

    private static int VectorBits => Avx512F.IsSupported ? 512 : Fma.IsSupported ? 256 : 128;

    public override double Run(long iterations)
    {
        // All begin together and share what there is to do, since one may be slower; the clock runs until the last has finished.
        left = iterations * Threads;
        using var start = new Barrier(Threads);
        Thread[] others = [.. Enumerable.Range(1, Threads - 1).Select(_ => new Thread(() => Work(start)))];
        foreach (Thread other in others)
            other.Start();
        long begin = Work(start);
        foreach (Thread other in others)
            other.Join();
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private long Work(Barrier start)
    {
        sink = Iterate();
        start.SignalAndWait();
        long begin = Stopwatch.GetTimestamp();
        while (Interlocked.Decrement(ref left) >= 0)
            sink = Iterate();
        return begin;
    }

    private double Iterate() => isDouble ? Iterate<double>() : Iterate<float>();

    private static double Iterate<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => VectorBits switch
        {
            512 => Accumulators.Run<T, Simd512<T>>(StepsPerIteration),
            256 => Accumulators.Run<T, Simd256<T>>(StepsPerIteration),
            _ => Accumulators.Run<T, Simd128<T>>(StepsPerIteration),
        };

    private static class Accumulators
    {
        /// <summary>Two units with a latency of four cycles need eight in flight; twelve, with the two factors, still fit the 16 registers of AVX2.</summary>
        public const int Count = 12;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static double Run<T, V>(int steps)
            where T : unmanaged, IFloatingPointIeee754<T>
            where V : struct, ISimd<V, T>
        {
            // x = x/2 + 1 goes to 2: neither overflow nor subnormal numbers.
            V half = V.Broadcast(T.CreateTruncating(0.5)), one = V.Broadcast(T.One);
            V a = one, b = one, c = one, d = one, e = one, f = one, g = one, h = one, i = one, j = one, k = one, l = one;
            for (int step = 0; step < steps; step++)
            {
                a = V.Fma(a, half, one);
                b = V.Fma(b, half, one);
                c = V.Fma(c, half, one);
                d = V.Fma(d, half, one);
                e = V.Fma(e, half, one);
                f = V.Fma(f, half, one);
                g = V.Fma(g, half, one);
                h = V.Fma(h, half, one);
                i = V.Fma(i, half, one);
                j = V.Fma(j, half, one);
                k = V.Fma(k, half, one);
                l = V.Fma(l, half, one);
            }

            T first = default;
            V.StoreFirst(&first, a + b + c + d + e + f + g + h + i + j + k + l, 1);
            return double.CreateTruncating(first);
        }
    }
}
