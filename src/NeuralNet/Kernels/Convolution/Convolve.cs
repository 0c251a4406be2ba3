using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>
/// The three products of a convolution, without unfolding the image: y = w * x + b, dL/dx, dL/dw, each by a sliding window or by <see cref="Winograd"/>'s tiles. Batches are column-major with samples in rows, so that each place of an image is a
/// contiguous vector over the batch; weights are in PyTorch's order [out, in / groups, height, width].
/// </summary>
internal static unsafe class Convolve
{
    /// <summary>What <see cref="Forward"/> and <see cref="ForwardPooled"/> use of weights that change no more; null if that would save nothing to speak of.</summary>
    public static PackedWeights<T>? Pack<T>(ConvolutionShape shape, ReadOnlySpan<T> weight)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (shape.Tile is not { } tile)
            return null;
        fixed (T* pw = weight)
        {
            WinogradTask<T> task = ByTiles<T>(shape, tile, null, 1, pw, null, null);
            var packed = new PackedWeights<T>(task.Groups * task.Kernels.Size);
            WinogradProduct<T>.Transform(task with { Weights = packed.Values }, threads: 1);
            return packed;
        }
    }

    /// <summary>y = start + w * x, or the Relu of it: x [N, in·places], y [N, out·places], bias [out] or empty. Packed is what <see cref="Pack"/> made of the weight; null if nothing did.</summary>
    public static void Forward<T>(ConvolutionShape shape, MatrixSpan<T> x, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, MatrixSpan<T> y, bool rectifies = false, PackedWeights<T>? packed = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(x.Rows > 0 && x.Columns == shape.InputSize && y.Columns == shape.OutputSize && x.Rows == y.Rows && weight.Length == shape.WeightCount);
        fixed (T* px = x.Values, pw = weight, start = bias, py = y.Values)
        {
            if (shape.Tile is { } tile)
                WinogradProduct<T>.Run(ByTiles(shape, tile, px, x.Rows, pw, start, packed) with { Result = new(py, TileAxis.Outputs(shape.Rows, tile), TileAxis.Outputs(shape.Columns, tile), x.Rows), Rectifies = rectifies });
            else if (x.Rows < Vector512<T>.Count && shape.Planes is { } planes && planes.IsWorthwhile(x.Rows, shape.InputChannels, shape.OutputChannels))
                PlaneProduct<T>.Run(shape, planes, px, x.Rows, pw, start, py, rectifies);
            else
                TapProduct<T>.Run(InPlace(shape, px, x.Rows, pw, start, py) with { Rectifies = rectifies });
        }

        // Its tables lie in its own memory; so below.
        GC.KeepAlive(shape);
        GC.KeepAlive(packed);
    }

    // The way to the output, without a result.
    private static WinogradTask<T> ByTiles<T>(ConvolutionShape shape, TileSize tile, T* x, int samples, T* weight, T* bias, PackedWeights<T>? packed)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        ByTiles(tile, shape.Groups, shape.Rows, shape.Columns, new(tile, weight, shape.GroupInputs, shape.GroupOutputs, Winograd.KernelPlaces, shape.Depth, isTurned: false), x, samples, bias) with { Weights = packed is null ? null : packed.Values };

    // From one image to the other, to or fro.
    private static WinogradTask<T> ByTiles<T>(TileSize tile, int groups, WindowAxis rows, WindowAxis columns, WinogradKernels<T> kernels, T* source, int samples, T* start)
        where T : unmanaged, IFloatingPointIeee754<T> => new()
        {
            Tile = tile,
            Source = new(source, TileAxis.Inputs(rows, tile), TileAxis.Inputs(columns, tile), samples),
            Tiles = tile.Tiles(rows) * tile.Tiles(columns),
            TileColumns = tile.Tiles(columns),
            Groups = groups,
            Kernels = kernels,
            Start = start,
        };

    private static TapTask<T> InPlace<T>(ConvolutionShape shape, T* x, int samples, T* weight, T* bias, T* y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* packed = Workspace<T>.Shared(shape.Groups * ChannelStrips.Size(shape.GroupOutputs, shape.Depth));
        PackForOutput(shape, weight, packed);
        return new()
        {
            Table = shape.ToOutput.Table,
            Samples = samples,
            Groups = shape.Groups,
            Source = x,
            GroupInputs = shape.GroupInputs * shape.InputPlaces,
            Weights = packed,
            Depth = shape.Depth,
            Start = bias,
            Result = y,
            Channels = shape.GroupOutputs,
            Places = shape.OutputPlaces,
        };
    }

    /// <summary>Whether <see cref="ForwardPooled"/> does a batch.</summary>
    public static bool CanPool<T>(ConvolutionShape shape, PoolShape pool, int samples)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        shape.Tile?.CanPool(pool) ?? (pool.IsApart && samples >= Vector512<T>.Count && PooledProduct<T>.Suits(pool, shape.Columns.Output, samples));

    /// <summary>The largest of y = bias + w * x under the windows of a pooling, or the Relu of it, and which they were as <see cref="MaxPool"/> says: largest and places [N, out·pooled places].</summary>
    public static void ForwardPooled<T>(ConvolutionShape shape, PoolShape pool, MatrixSpan<T> x, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, MatrixSpan<T> largest, Span<T> places, bool rectifies = false, PackedWeights<T>? packed = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(CanPool<T>(shape, pool, x.Rows) && x.Columns == shape.InputSize && largest.Columns == shape.OutputChannels * pool.Rows.Output * pool.Columns.Output && largest.Rows == x.Rows && places.Length == largest.Values.Length);
        fixed (T* px = x.Values, pw = weight, start = bias, py = largest.Values, pp = places)
        {
            if (shape.Tile is { } tile)
                WinogradProduct<T>.Run(ByTiles(shape, tile, px, x.Rows, pw, start, packed) with { Result = new(py, TileAxis.Pooled(shape.Rows, tile), TileAxis.Pooled(shape.Columns, tile), x.Rows), PoolPlaces = pp, Rectifies = rectifies });
            else
                PooledProduct<T>.Run(InPlace(shape, px, x.Rows, pw, start, null), pool, shape.Columns.Output, py, pp, rectifies);
        }

        GC.KeepAlive(shape);
        GC.KeepAlive(pool);
        GC.KeepAlive(packed);
    }

    /// <summary>dx = start + wᵀ * dy, also the forward pass of a transposed convolution: dy [N, out·places], dx [N, in·places], bias [in] or empty.</summary>
    public static void InputGradient<T>(ConvolutionShape shape, MatrixSpan<T> dy, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, MatrixSpan<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(dx.Rows > 0 && dx.Columns == shape.InputSize && dy.Columns == shape.OutputSize && dx.Rows == dy.Rows && weight.Length == shape.WeightCount);
        (WindowAxis Rows, WindowAxis Columns) back = (shape.Rows.Back, shape.Columns.Back);
        fixed (T* pdy = dy.Values, pw = weight, start = bias, pdx = dx.Values)
        {
            if (shape.Tile is { } tile)
                WinogradProduct<T>.Run(ByTiles(tile, shape.Groups, back.Rows, back.Columns, new(tile, pw, shape.GroupOutputs, shape.GroupInputs, shape.Depth, Winograd.KernelPlaces, isTurned: true), pdy, dy.Rows, start) with { Result = new(pdx, TileAxis.Outputs(back.Rows, tile), TileAxis.Outputs(back.Columns, tile), dy.Rows) });
            else
                InputGradientInPlace(shape, pdy, dy.Rows, pw, start, pdx);
        }

        GC.KeepAlive(shape);
    }

    private static void InputGradientInPlace<T>(ConvolutionShape shape, T* dy, int samples, T* weight, T* bias, T* dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int depth = shape.GroupOutputs * shape.KernelPlaces;
        T* packed = Workspace<T>.Shared(shape.Groups * ChannelStrips.Size(shape.GroupInputs, depth));
        PackForInput(shape, weight, packed);
        TapProduct<T>.Run(new()
        {
            Table = shape.ToInput.Table,
            Samples = samples,
            Groups = shape.Groups,
            Source = dy,
            GroupInputs = shape.GroupOutputs * shape.OutputPlaces,
            Weights = packed,
            Depth = depth,
            Start = bias,
            Result = dx,
            Channels = shape.GroupInputs,
            Places = shape.InputPlaces,
        });
    }

    /// <summary>dw = the sum over samples and places of dy times x, db = that of dy: x [N, in·places], dy [N, out·places], db [out] or empty.</summary>
    public static void WeightGradient<T>(ConvolutionShape shape, MatrixSpan<T> x, MatrixSpan<T> dy, Span<T> weightGradient, Span<T> biasGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(x.Rows > 0 && x.Columns == shape.InputSize && dy.Columns == shape.OutputSize && x.Rows == dy.Rows && weightGradient.Length == shape.WeightCount);
        fixed (T* px = x.Values, pdy = dy.Values, pdw = weightGradient, pdb = biasGradient)
        {
            if (shape.Tile is { } tile)
                WinogradGradient<T>.Run(shape, tile, px, pdy, x.Rows, pdw, pdb);
            else
                TapGradient<T>.Run(shape, px, pdy, default, x.Rows, pdw, pdb);
        }

        GC.KeepAlive(shape);
    }

    /// <summary>Whether <see cref="WeightGradientPooled"/> does it.</summary>
    public static bool CanUnpool(ConvolutionShape shape, PoolShape pool) => shape.Tile is null && pool.IsApart;

    /// <summary>The same by way of a pooling: dy and places [N, out·pooled places], the places as <see cref="ForwardPooled"/> or <see cref="MaxPool"/> found them.</summary>
    public static void WeightGradientPooled<T>(ConvolutionShape shape, PoolShape pool, MatrixSpan<T> x, MatrixSpan<T> dy, ReadOnlySpan<T> places, Span<T> weightGradient, Span<T> biasGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(CanUnpool(shape, pool) && x.Rows > 0 && x.Columns == shape.InputSize && x.Rows == dy.Rows && places.Length == dy.Values.Length && weightGradient.Length == shape.WeightCount);
        fixed (T* px = x.Values, pdy = dy.Values, pp = places, pdw = weightGradient, pdb = biasGradient)
            TapGradient<T>.Run(shape, px, null, new(pool, shape.Columns.Output, x.Rows, pdy, pp), x.Rows, pdw, pdb);
        GC.KeepAlive(shape);
    }

    // For each group the strips of its output channels.
    private static void PackForOutput<T>(ConvolutionShape shape, T* weight, T* packed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int size = ChannelStrips.Size(shape.GroupOutputs, shape.Depth);
        for (int group = 0; group < shape.Groups; group++)
            ChannelStrips.Pack(new Operand<T>(weight + ((nint)group * shape.GroupOutputs * shape.Depth), shape.Depth, 1), shape.GroupOutputs, shape.Depth, 0, shape.Depth, packed + ((nint)group * size));
    }

    // For each group the strips of its input channels, of which each output channel's kernel is a part.
    private static void PackForInput<T>(ConvolutionShape shape, T* weight, T* packed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int places = shape.KernelPlaces, depth = shape.GroupOutputs * places, size = ChannelStrips.Size(shape.GroupInputs, depth);
        for (int channel = 0; channel < shape.OutputChannels; channel++)
        {
            (int group, int place) = (channel / shape.GroupOutputs, channel % shape.GroupOutputs * places);
            ChannelStrips.Pack(new Operand<T>(weight + ((nint)channel * shape.Depth), places, 1), shape.GroupInputs, places, place, depth, packed + ((nint)group * size));
        }
    }
}
