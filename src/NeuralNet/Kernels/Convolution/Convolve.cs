using System.Diagnostics;
using System.Runtime.Intrinsics;

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
        fixed (T* px = x.Values, pw = weight, start = bias, py = y.Values)
        {
            if (x.Rows < Vector512<T>.Count && shape.Planes is { } planes && planes.IsWorthwhile(x.Rows, shape.InputChannels, shape.OutputChannels))
                PlaneProduct<T>.Run(shape, planes, px, x.Rows, pw, start, py);
            else
                ForwardInPlace(shape, px, x.Rows, pw, start, py);
        }
    }

    private static void ForwardInPlace<T>(ConvolutionShape shape, T* x, int samples, T* weight, T* bias, T* y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* packed = Workspace<T>.Shared(shape.Groups * ChannelPanels.Step(shape.GroupOutputs) * shape.Depth);
        PackForOutput(shape, weight, packed);
        TapProduct<T>.Run(new()
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
        });
    }

    /// <summary>dx = start + wᵀ * dy, also the forward pass of a transposed convolution: dy [N, out·places], dx [N, in·places], bias [in] or empty.</summary>
    public static void InputGradient<T>(ConvolutionShape shape, MatrixSpan<T> dy, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, MatrixSpan<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(dx.Columns == shape.InputSize && dy.Columns == shape.OutputSize && dx.Rows == dy.Rows && weight.Length == shape.WeightCount);
        T* packed = Workspace<T>.Shared(shape.OutputChannels * shape.KernelPlaces * ChannelPanels.Step(shape.GroupInputs));
        fixed (T* pdy = dy.Values, pw = weight, start = bias, pdx = dx.Values)
        {
            PackForInput(shape, pw, packed);
            TapProduct<T>.Run(new()
            {
                Table = shape.ToInput.Table,
                Samples = dy.Rows,
                Groups = shape.Groups,
                Source = pdy,
                GroupInputs = shape.GroupOutputs * shape.OutputPlaces,
                Weights = packed,
                Depth = shape.GroupOutputs * shape.KernelPlaces,
                Start = start,
                Result = pdx,
                Channels = shape.GroupInputs,
                Places = shape.InputPlaces,
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

    // For each weight of an output channel the numbers of all output channels of a group, side by side.
    private static void PackForOutput<T>(ConvolutionShape shape, T* weight, T* packed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int step = ChannelPanels.Step(shape.GroupOutputs);
        for (int group = 0; group < shape.Groups; group++)
        {
            var lines = new Operand<T>(weight + ((nint)group * shape.GroupOutputs * shape.Depth), shape.Depth, 1);
            Packing.Pack(lines, shape.GroupOutputs, step, shape.Depth, packed + ((nint)group * step * shape.Depth));
        }
    }

    // For each output channel, and each place of the kernel, the numbers of all input channels of a group, side by side.
    private static void PackForInput<T>(ConvolutionShape shape, T* weight, T* packed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int step = ChannelPanels.Step(shape.GroupInputs), places = shape.KernelPlaces;
        for (int channel = 0; channel < shape.OutputChannels; channel++)
        {
            var lines = new Operand<T>(weight + ((nint)channel * shape.Depth), places, 1);
            Packing.Pack(lines, shape.GroupInputs, step, places, packed + ((nint)channel * places * step));
        }
    }
}
