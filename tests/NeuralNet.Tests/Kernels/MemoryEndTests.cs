using System.Runtime.InteropServices;
using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Products, and windows over images, whose matrices end where the process's memory ends: one read or write past the end is the end of the process.</summary>
public unsafe partial class MemoryEndTests
{
    [Fact]
    public void A_product_reads_and_writes_nothing_past_the_end()
    {
        // The calls below are those of Linux.
        if (!OperatingSystem.IsLinux())
            return;

        Both<float>();
        Both<double>();

        static void Both<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            int[] depths = [1, 2, 5, 17, 40];
            for (int m = 1; m <= 35; m++)
            {
                foreach (int k in depths)
                {
                    foreach (int n in (int[])[1, 3, 6, 7])
                        Check<T>(m, k, n);
                }
            }
        }

        static void Check<T>(int m, int k, int n)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            using EndOfMemory a = new(m * k * sizeof(T)), b = new(k * n * sizeof(T)), c = new(m * n * sizeof(T));
            Gemm.Multiply<T>(new(a.Values<T>(), m, k), new(b.Values<T>(), k, n), default, new(c.Values<T>(), m, n));
            Gemm.TransposeMultiply<T>(new(a.Values<T>(), k, m), new(b.Values<T>(), k, n), new(c.Values<T>(), m, n));
            Gemm.MultiplyTranspose<T>(new(a.Values<T>(), m, k), new(b.Values<T>(), n, k), new(c.Values<T>(), m, n));
            c.Values<T>().IndexOfAnyExcept(T.Zero).Should().Be(-1);
        }
    }

    // Packing copies more than a panel is wide, but for the last k.
    [Fact]
    public void Packing_of_panels_reads_and_writes_nothing_past_the_end()
    {
        if (!OperatingSystem.IsLinux())
            return;

        Both<float>();
        Both<double>();

        static void Both<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int lines = 1; lines <= 13; lines++)
            {
                for (int depth = 1; depth <= 40; depth++)
                {
                    using EndOfMemory source = new(lines * depth * sizeof(T)), panels = new(lines * depth * sizeof(T));
                    fixed (T* from = source.Values<T>(), to = panels.Values<T>())
                        Packing.PackPanels(new Operand<T>(from, 1, lines), lines, depth, to);
                    panels.Values<T>().IndexOfAnyExcept(T.Zero).Should().Be(-1);
                }
            }
        }
    }

    [Fact]
    public void A_window_over_an_image_reads_and_writes_nothing_past_the_end()
    {
        if (!OperatingSystem.IsLinux())
            return;

        Both<float>();
        Both<double>();

        static void Both<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int size = 2; size <= 37; size++)
            {
                foreach (int stride in (int[])[1, 2, 3])
                {
                    var axis = new WindowAxis(size, ((size - 2) / stride) + 1, 2, stride, 1, 0);
                    foreach (int samples in (int[])[1, 2, 17])
                        Check<T>(new ConvolutionShape(2, 3, 1, axis, axis), samples);
                }
            }
        }

        static void Check<T>(ConvolutionShape shape, int samples)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            int pooled = 2 * shape.OutputPlaces;
            using EndOfMemory x = new(samples * shape.InputSize * sizeof(T)), y = new(samples * shape.OutputSize * sizeof(T)), largest = new(samples * pooled * sizeof(T));
            Convolve.Forward(shape, new(x.Values<T>(), samples, shape.InputSize), new T[shape.WeightCount], default, new(y.Values<T>(), samples, shape.OutputSize));
            MaxPool.Forward(TapPlan.ToOutput(shape.Rows, shape.Columns, channels: 1), 2, new(x.Values<T>(), samples, shape.InputSize), new MatrixSpan<T>(largest.Values<T>(), samples, pooled));
            y.Values<T>().IndexOfAnyExcept(T.Zero).Should().Be(-1);
            largest.Values<T>().IndexOfAnyExcept(T.Zero).Should().Be(-1);
        }
    }

    [Fact]
    public void A_convolution_and_its_pooling_at_once_read_and_write_nothing_past_the_end()
    {
        if (!OperatingSystem.IsLinux())
            return;

        Both<float>();
        Both<double>();

        static void Both<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int size = 6; size <= 20; size += 2)
            {
                Check<T>(new ConvolutionShape(16, 17, 1, new(6, 4, 3, 1, 1, 0), new(size, size - 2, 3, 1, 1, 0)), 1);
                Check<T>(new ConvolutionShape(16, 17, 1, new(14, 12, 3, 1, 1, 0), new(size + 10, size + 8, 3, 1, 1, 0)), 1);
                foreach (int samples in (int[])[16, 17, 35])
                {
                    Check<T>(new ConvolutionShape(2, 3, 1, new(size, size - 2, 3, 1, 1, 0), new(6, 4, 3, 1, 1, 0)), samples);
                    Check<T>(new ConvolutionShape(16, 17, 1, new(6, 4, 3, 1, 1, 0), new(size, size - 2, 3, 1, 1, 0)), samples);
                }
            }
        }

        static void Check<T>(ConvolutionShape shape, int samples)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var pool = new PoolShape(Halves(shape.Rows.Output), Halves(shape.Columns.Output));
            int pooled = shape.OutputSize / 4;
            using EndOfMemory x = new(samples * shape.InputSize * sizeof(T)), w = new(shape.WeightCount * sizeof(T)), largest = new(samples * pooled * sizeof(T)), places = new(samples * pooled * sizeof(T));
            Convolve.ForwardPooled(shape, pool, new(x.Values<T>(), samples, shape.InputSize), w.Values<T>(), default, new(largest.Values<T>(), samples, pooled), places.Values<T>());
            if (Convolve.CanUnpool(shape, pool))
                Convolve.WeightGradientPooled(shape, pool, new(x.Values<T>(), samples, shape.InputSize), new(largest.Values<T>(), samples, pooled), places.Values<T>(), w.Values<T>(), default);
            foreach (EndOfMemory memory in (EndOfMemory[])[x, w, largest, places])
                memory.Values<T>().IndexOfAnyExcept(T.Zero).Should().Be(-1);
        }

        static WindowAxis Halves(int length) => new(length, length / 2, 2, 2, 1, 0);
    }

    [Fact]
    public void Winograds_products_read_and_write_nothing_past_the_end()
    {
        if (!OperatingSystem.IsLinux())
            return;

        Both<float>();
        Both<double>();

        static void Both<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int size = 6; size <= 37; size++)
            {
                foreach (int padding in (int[])[0, 1])
                {
                    var axis = new WindowAxis(size, size + (2 * padding) - 2, 3, 1, 1, padding);
                    foreach ((int samples, int width) in ((int, int)[])[(1, 6), (2, 6), (17, 6), (1, 14), (2, 14), (17, 14)])
                        Check<T>(new ConvolutionShape(16, 17, 1, axis, axis with { Input = width, Output = width + (2 * padding) - 2 }), samples);
                }
            }
        }

        static void Check<T>(ConvolutionShape shape, int samples)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            using EndOfMemory x = new(samples * shape.InputSize * sizeof(T)), y = new(samples * shape.OutputSize * sizeof(T)), w = new(shape.WeightCount * sizeof(T));
            Convolve.Forward(shape, new(x.Values<T>(), samples, shape.InputSize), w.Values<T>(), default, new(y.Values<T>(), samples, shape.OutputSize));
            Convolve.InputGradient(shape, new(y.Values<T>(), samples, shape.OutputSize), w.Values<T>(), default, new(x.Values<T>(), samples, shape.InputSize));
            Convolve.WeightGradient(shape, new(x.Values<T>(), samples, shape.InputSize), new(y.Values<T>(), samples, shape.OutputSize), w.Values<T>(), default);
            foreach (EndOfMemory memory in (EndOfMemory[])[x, y, w])
                memory.Values<T>().IndexOfAnyExcept(T.Zero).Should().Be(-1);
        }
    }

    /// <summary>Zeros that end at a page which may be neither read nor written.</summary>
    private sealed partial class EndOfMemory : IDisposable
    {
        private const int None = 0, ReadAndWrite = 3, PrivateAndAnonymous = 0x22;

        private readonly nint start;
        private readonly nuint length;
        private readonly int bytes;

        public EndOfMemory(int bytes)
        {
            int page = Environment.SystemPageSize;
            this.bytes = bytes;
            length = (nuint)((((bytes - 1) / page) + 2) * page);
            start = Map(0, length, ReadAndWrite, PrivateAndAnonymous, -1, 0);
            (start == -1 || Protect(start + (nint)length - page, (nuint)page, None) != 0).Should().BeFalse();
        }

        public Span<T> Values<T>()
            where T : unmanaged => new((void*)(start + (nint)length - Environment.SystemPageSize - bytes), bytes / sizeof(T));

        public void Dispose() => _ = Unmap(start, length);

        [LibraryImport("libc", EntryPoint = "mmap")]
        private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

        [LibraryImport("libc", EntryPoint = "mprotect")]
        private static partial int Protect(nint address, nuint length, int protection);

        [LibraryImport("libc", EntryPoint = "munmap")]
        private static partial int Unmap(nint address, nuint length);
    }
}
