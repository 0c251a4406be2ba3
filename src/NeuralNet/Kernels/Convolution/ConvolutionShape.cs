namespace NeuralNet.Kernels;

/// <summary>What a convolution's arithmetic depends on besides its numbers, and the plans that follow from it.</summary>
internal sealed class ConvolutionShape
{
    private TapPlan? toOutput;
    private TapPlan? toInput;
    private PlanePlan? planes;

    /// <param name="inputChannels">The channels of the input, a multiple of <paramref name="groups"/>.</param>
    /// <param name="outputChannels">The channels of the output, a multiple of <paramref name="groups"/>.</param>
    /// <param name="groups">Groups of channels that do not see each other.</param>
    /// <param name="rows">The window along the height.</param>
    /// <param name="columns">The window along the width.</param>
    public ConvolutionShape(int inputChannels, int outputChannels, int groups, WindowAxis rows, WindowAxis columns) =>
        (Groups, GroupInputs, GroupOutputs, Rows, Columns) = (groups, inputChannels / groups, outputChannels / groups, rows, columns);

    public int Groups { get; }

    /// <summary>Channels of the input in a group.</summary>
    public int GroupInputs { get; }

    /// <summary>Channels of the output in a group.</summary>
    public int GroupOutputs { get; }

    public int InputChannels => Groups * GroupInputs;

    public int OutputChannels => Groups * GroupOutputs;

    /// <summary>The numbers of one input.</summary>
    public int InputSize => InputChannels * InputPlaces;

    /// <summary>The numbers of one output.</summary>
    public int OutputSize => OutputChannels * OutputPlaces;

    public WindowAxis Rows { get; }

    public WindowAxis Columns { get; }

    /// <summary>The places of the input's image.</summary>
    public int InputPlaces => Rows.Input * Columns.Input;

    /// <summary>The places of the output's image.</summary>
    public int OutputPlaces => Rows.Output * Columns.Output;

    /// <summary>The places of the kernel.</summary>
    public int KernelPlaces => Rows.Kernel * Columns.Kernel;

    /// <summary>The weights of one output channel.</summary>
    public int Depth => GroupInputs * KernelPlaces;

    /// <summary>All weights.</summary>
    public int WeightCount => Groups * GroupOutputs * Depth;

    /// <summary>The tiles of its products if they are done by <see cref="Winograd"/>; else null.</summary>
    public TileSize? Tile => Winograd.Suits(GroupInputs, GroupOutputs, Rows, Columns);

    public TapPlan ToOutput => toOutput ??= TapPlan.ToOutput(Rows, Columns, GroupInputs);

    /// <summary>The way to the output for batches that do not fill a vector; null where that would take too much.</summary>
    public PlanePlan? Planes => planes ??= PlanePlan.Of(Rows, Columns, GroupInputs);

    public TapPlan ToInput => toInput ??= TapPlan.ToInput(Rows, Columns, GroupOutputs);
}
