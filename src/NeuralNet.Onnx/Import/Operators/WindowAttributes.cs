namespace NeuralNet.Onnx;

/// <summary>The window of a convolution or pooling, from a node's attributes: its size, steps, and how far it reaches beyond the image on each side.</summary>
internal sealed class WindowAttributes
{
    private readonly GraphNode node;
    private readonly (int Before, int After) down;
    private readonly (int Before, int After) across;

    public WindowAttributes(GraphNode node, Size2D kernel, int height, int width, ImagePadding? around = null)
    {
        this.node = node;
        (Kernel, Stride, Dilation) = (kernel, node.Size("strides", 1), node.Size("dilations", 1));
        if (Math.Min(kernel.Height, kernel.Width) < 1 || Math.Min(Stride.Height, Stride.Width) < 1 || Math.Min(Dilation.Height, Dilation.Width) < 1)
            throw node.Refuse($"has a kernel of {kernel}, strides of {Stride} and dilations of {Dilation}; expected are numbers of at least 1");

        // What was put around the image is part of it to the node.
        (down, across) = around is null ? Pads(height, width) : Pads(height + around.Top + around.Bottom, width + around.Left + around.Right);
        HasOwnPadding = (down, across) != ((0, 0), (0, 0));
        if (around is not null)
        {
            down = (down.Before + around.Top, down.After + around.Bottom);
            across = (across.Before + around.Left, across.After + around.Right);
        }

        if (new[] { down.Before, down.After, across.Before, across.After }.Max() > Array.MaxLength / 4)
            throw node.Refuse("has more padding than fits into memory");
    }

    public Size2D Kernel { get; }

    public Size2D Stride { get; }

    public Size2D Dilation { get; }

    /// <summary>Whether the node itself pads.</summary>
    public bool HasOwnPadding { get; }

    /// <summary>How many rows and columns of output there are over an image, and the padding of the layer that makes as many from the same places.</summary>
    public (int Height, int Width, Padding Padding) Over(int height, int width)
    {
        var rows = new Axis(height, Kernel.Height, Stride.Height, Dilation.Height, down);
        var columns = new Axis(width, Kernel.Width, Stride.Width, Dilation.Width, across);
        if (node.Flag("ceil_mode", false) && !(rows.IsWhole && columns.IsWhole))
            throw node.Refuse("rounds the size of its output up (ceil_mode), which is supported only where it makes no difference");
        if (rows.Output < 1 || columns.Output < 1)
            throw node.Refuse($"has a window of {Kernel} that does not fit into an image of {height}x{width}");
        Padding padding = rows.IsEven && columns.IsEven ? (down.Before, across.Before)
            : rows.IsSame && columns.IsSame ? Padding.Same
            : throw node.Refuse($"has a padding of {down.Before} above, {across.Before} left, {down.After} below and {across.After} right; supported are the same on both sides, or as much as makes the output as large as the input");
        return ((int)rows.Output, (int)columns.Output, padding);
    }

    /// <summary>How many rows and columns a transposed convolution makes of an image, its padding, and what comes to its end.</summary>
    public (int Height, int Width, Padding Padding, Size2D OutputPadding) Onto(int height, int width)
    {
        Size2D extra = node.Size("output_padding", 0);
        extra = ((int)Math.Clamp((long)extra.Height + down.Before - down.After, int.MinValue, int.MaxValue), (int)Math.Clamp((long)extra.Width + across.Before - across.After, int.MinValue, int.MaxValue));
        if (extra.Height < 0 || extra.Height >= Stride.Height || extra.Width < 0 || extra.Width >= Stride.Width)
            throw node.Refuse("has paddings that differ by more than its strides make up for, which is not supported");
        long rows = ((height - 1L) * Stride.Height) + ((Kernel.Height - 1L) * Dilation.Height) + 1 - (2L * down.Before) + extra.Height;
        long columns = ((width - 1L) * Stride.Width) + ((Kernel.Width - 1L) * Dilation.Width) + 1 - (2L * across.Before) + extra.Width;
        return rows is >= 1 and <= int.MaxValue && columns is >= 1 and <= int.MaxValue
            ? ((int)rows, (int)columns, (down.Before, across.Before), extra)
            : throw node.Refuse($"makes an image of {rows}x{columns}");
    }

    private ((int Before, int After) Down, (int Before, int After) Across) Pads(int height, int width)
    {
        long[] pads = node.Integers("pads") ?? [0, 0, 0, 0];
        string automatic = node.Text("auto_pad", "NOTSET");
        if (pads.Length != 4 || pads.Any(pad => pad is < 0 or > int.MaxValue / 4))
            throw node.Refuse($"has the padding {Excerpt.List(pads)}; expected are four numbers of at least 0");
        return automatic switch
        {
            "NOTSET" => (((int)pads[0], (int)pads[2]), ((int)pads[1], (int)pads[3])),
            "VALID" => default,
            "SAME_UPPER" or "SAME_LOWER" when node.Operator != "ConvTranspose" => (
                Same(new Axis(height, Kernel.Height, Stride.Height, Dilation.Height, default)), Same(new Axis(width, Kernel.Width, Stride.Width, Dilation.Width, default))),
            _ => throw node.Refuse($"has the auto_pad {Excerpt.Quote(automatic)}, which is not supported"),
        };

        (int Before, int After) Same(Axis axis)
        {
            int less = (int)Math.Min(axis.Missing / 2, int.MaxValue / 4), more = (int)Math.Min(axis.Missing - less, int.MaxValue / 4);
            return automatic == "SAME_UPPER" ? (less, more) : (more, less);
        }
    }

    // A window along one side of an image.
    private readonly record struct Axis(int Input, int Kernel, int Stride, int Dilation, (int Before, int After) Pads)
    {
        public long Output => OutputWith(Pads.After);

        /// <summary>Whether the last window ends with the padded image.</summary>
        public bool IsWhole => Room(Pads.After) % Stride == 0;

        /// <summary>Whether as much padding after as before makes the same windows.</summary>
        public bool IsEven => OutputWith(Pads.Before) == Output;

        /// <summary>Whether it is what makes the output as large as the input divided by the stride.</summary>
        public bool IsSame => Pads.Before == Missing / 2 && Output == ((Input - 1) / Stride) + 1;

        /// <summary>How much padding makes the output as large as the input divided by the stride, rounded up.</summary>
        public long Missing => Math.Max(0, ((Input - 1) / Stride * Stride) + Reach - Input);

        private long Reach => ((Kernel - 1L) * Dilation) + 1;

        private long Room(int after) => Input + Pads.Before + after - Reach;

        private long OutputWith(int after) => Room(after) < 0 ? 0 : (Room(after) / Stride) + 1;
    }
}
