using System.Diagnostics;

namespace NeuralNet.Kernels;

/// <summary>
/// The three products of a convolution, without a copy of the image: y = w * x + b, dL/dx, dL/dw. Batches are column-major with samples in rows, so that each place of an image is a
/// contiguous vector over the batch; weights are in PyTorch's order [out, in / groups, height, width].
/// </summary>
internal static unsafe class Convolve
{
    /// <summary>y = start + w * x: x [N, in·places], y [N, out·places], bias [out] or empty.</summary>
    public static void Forward<T>(ConvolutionShape shape, MatrixSpan<T> x, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, MatrixSpan<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(x.Columns == shape.InputSize && y.Columns == shape.OutputSize && x.Rows == y.Rows && weight.Length == shape.WeightCount);
        T* packed = Workspace<T>.Shared(shape.WeightCount);
        fixed (T* px = x.Values, pw = weight, start = bias, py = y.Values)
        {
            PackForOutput(shape, pw, packed);
            TapPlan plan = shape.ToOutput;
            TapProduct<T>.Run(new()
            {
                Segments = plan.Segments, SegmentCount = plan.SegmentCount, Taps = plan.Taps, Samples = x.Rows, Groups = shape.Groups,
                Source = px, GroupInputs = shape.GroupInputs * shape.InputPlaces,
                Weights = packed, Depth = shape.Depth, Start = start,
                Result = py, Channels = shape.GroupOutputs, Places = shape.OutputPlaces,
            });
        }
    }

    /// <summary>dx = start + wᵀ * dy, also the forward pass of a transposed convolution: dy [N, out·places], dx [N, in·places], bias [in] or empty.</summary>
    public static void InputGradient<T>(ConvolutionShape shape, MatrixSpan<T> dy, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, MatrixSpan<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(dx.Columns == shape.InputSize && dy.Columns == shape.OutputSize && dx.Rows == dy.Rows && weight.Length == shape.WeightCount);
        T* packed = Workspace<T>.Shared(shape.WeightCount);
        fixed (T* pdy = dy.Values, pw = weight, start = bias, pdx = dx.Values)
        {
            PackForInput(shape, pw, packed);
            TapPlan plan = shape.ToInput;
            TapProduct<T>.Run(new()
            {
                Segments = plan.Segments, SegmentCount = plan.SegmentCount, Taps = plan.Taps, Samples = dy.Rows, Groups = shape.Groups,
                Source = pdy, GroupInputs = shape.GroupOutputs * shape.OutputPlaces,
                Weights = packed, Depth = shape.GroupOutputs * shape.KernelPlaces, Start = start,
                Result = pdx, Channels = shape.GroupInputs, Places = shape.InputPlaces,
            });
        }
    }

    /// <summary>dw = the sum over samples and places of dy times x, db = that of dy: x [N, in·places], dy [N, out·places], db [out] or empty.</summary>
    public static void WeightGradient<T>(ConvolutionShape shape, MatrixSpan<T> x, MatrixSpan<T> dy, Span<T> weightGradient, Span<T> biasGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(x.Columns == shape.InputSize && dy.Columns == shape.OutputSize && x.Rows == dy.Rows && weightGradient.Length == shape.WeightCount);
        fixed (T* px = x.Values, pdy = dy.Values, pdw = weightGradient, pdb = biasGradient)
            TapGradient<T>.Run(shape, px, pdy, x.Rows, pdw, pdb);
    }

    // Panels of output channels: for each weight of a channel the numbers of all channels.
    private static void PackForOutput<T>(ConvolutionShape shape, T* weight, T* packed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int depth = shape.Depth;
        for (int group = 0; group < shape.Groups; group++)
        {
            for (int panel = 0; panel < ChannelPanels.Count(shape.GroupOutputs); panel++)
            {
                int first = ChannelPanels.First(shape.GroupOutputs, panel), columns = ChannelPanels.First(shape.GroupOutputs, panel + 1) - first;
                nint start = ((nint)(group * shape.GroupOutputs) + first) * depth;
                Packing.Pack(new Operand<T>(weight + start, depth, 1), columns, columns, depth, packed + start);
            }
        }
    }

    // Panels of input channels: for each output channel, and each place of the kernel, the numbers of all input channels.
    private static void PackForInput<T>(ConvolutionShape shape, T* weight, T* packed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int places = shape.KernelPlaces;
        nint groupSize = (nint)shape.GroupOutputs * shape.Depth;
        for (int group = 0; group < shape.Groups; group++)
        {
            for (int panel = 0; panel < ChannelPanels.Count(shape.GroupInputs); panel++)
            {
                int first = ChannelPanels.First(shape.GroupInputs, panel), columns = ChannelPanels.First(shape.GroupInputs, panel + 1) - first;
                T* from = weight + (group * groupSize) + (first * places), to = packed + (group * groupSize) + ((nint)first * shape.GroupOutputs * places);
                for (int channel = 0; channel < shape.GroupOutputs; channel++)
                    Packing.Pack(new Operand<T>(from + ((nint)channel * shape.Depth), places, 1), columns, columns, places, to + ((nint)channel * places * columns));
            }
        }
    }
}
