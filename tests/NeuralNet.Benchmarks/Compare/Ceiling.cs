using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Benchmarks;

/// <summary>Fused multiply-adds in registers only, on several threads at once, with the widest vectors that the processor has.</summary>
internal sealed class Ceiling(bool isDouble, int threads) : Contender(threads)
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

    private double Iterate() => (VectorBits, isDouble) switch
    {
        (512, false) => Accumulators.Run<Vector512<float>, Float512>(StepsPerIteration),
        (512, true) => Accumulators.Run<Vector512<double>, Double512>(StepsPerIteration),
        (256, false) => Accumulators.Run<Vector256<float>, Float256>(StepsPerIteration),
        (256, true) => Accumulators.Run<Vector256<double>, Double256>(StepsPerIteration),
        (_, false) => Accumulators.Run<Vector128<float>, Float128>(StepsPerIteration),
        (_, true) => Accumulators.Run<Vector128<double>, Double128>(StepsPerIteration),
    };

    /// <summary>A vector type's fused multiply-add: written once for every width and precision below, and compiled to one instruction each.</summary>
    private interface IFma<TVector>
    {
        static abstract TVector Create(double value);

        static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

        static abstract double Sum(TVector vector);
    }

    private static class Accumulators
    {
        /// <summary>Two units with a latency of four cycles need eight in flight; twelve, with the two factors, still fit the 16 registers of AVX2.</summary>
        public const int Count = 12;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static double Run<TVector, TFma>(int steps)
            where TFma : struct, IFma<TVector>
        {
            // x = x/2 + 1 goes to 2: neither overflow nor subnormal numbers.
            TVector half = TFma.Create(0.5), one = TFma.Create(1);
            TVector a = one, b = one, c = one, d = one, e = one, f = one, g = one, h = one, i = one, j = one, k = one, l = one;
            for (int step = 0; step < steps; step++)
            {
                a = TFma.MultiplyAdd(a, half, one);
                b = TFma.MultiplyAdd(b, half, one);
                c = TFma.MultiplyAdd(c, half, one);
                d = TFma.MultiplyAdd(d, half, one);
                e = TFma.MultiplyAdd(e, half, one);
                f = TFma.MultiplyAdd(f, half, one);
                g = TFma.MultiplyAdd(g, half, one);
                h = TFma.MultiplyAdd(h, half, one);
                i = TFma.MultiplyAdd(i, half, one);
                j = TFma.MultiplyAdd(j, half, one);
                k = TFma.MultiplyAdd(k, half, one);
                l = TFma.MultiplyAdd(l, half, one);
            }

            return TFma.Sum(a) + TFma.Sum(b) + TFma.Sum(c) + TFma.Sum(d) + TFma.Sum(e) + TFma.Sum(f)
                + TFma.Sum(g) + TFma.Sum(h) + TFma.Sum(i) + TFma.Sum(j) + TFma.Sum(k) + TFma.Sum(l);
        }
    }

    private readonly struct Float512 : IFma<Vector512<float>>
    {
        public static Vector512<float> Create(double value) => Vector512.Create((float)value);

        public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Vector512.FusedMultiplyAdd(a, b, c);

        public static double Sum(Vector512<float> vector) => Vector512.Sum(vector);
    }

    private readonly struct Double512 : IFma<Vector512<double>>
    {
        public static Vector512<double> Create(double value) => Vector512.Create(value);

        public static Vector512<double> MultiplyAdd(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Vector512.FusedMultiplyAdd(a, b, c);

        public static double Sum(Vector512<double> vector) => Vector512.Sum(vector);
    }

    private readonly struct Float256 : IFma<Vector256<float>>
    {
        public static Vector256<float> Create(double value) => Vector256.Create((float)value);

        public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Vector256.FusedMultiplyAdd(a, b, c);

        public static double Sum(Vector256<float> vector) => Vector256.Sum(vector);
    }

    private readonly struct Double256 : IFma<Vector256<double>>
    {
        public static Vector256<double> Create(double value) => Vector256.Create(value);

        public static Vector256<double> MultiplyAdd(Vector256<double> a, Vector256<double> b, Vector256<double> c) => Vector256.FusedMultiplyAdd(a, b, c);

        public static double Sum(Vector256<double> vector) => Vector256.Sum(vector);
    }

    private readonly struct Float128 : IFma<Vector128<float>>
    {
        public static Vector128<float> Create(double value) => Vector128.Create((float)value);

        public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) => Vector128.FusedMultiplyAdd(a, b, c);

        public static double Sum(Vector128<float> vector) => Vector128.Sum(vector);
    }

    private readonly struct Double128 : IFma<Vector128<double>>
    {
        public static Vector128<double> Create(double value) => Vector128.Create(value);

        public static Vector128<double> MultiplyAdd(Vector128<double> a, Vector128<double> b, Vector128<double> c) => Vector128.FusedMultiplyAdd(a, b, c);

        public static double Sum(Vector128<double> vector) => Vector128.Sum(vector);
    }
}
