namespace NeuralNet.Kernels;

/// <summary>The kernels of a group of output channels: as they are, and at the positions of <see cref="Winograd"/>, for each position their <see cref="ChannelPanels"/>.</summary>
/// <param name="weights">The weights: nine in a row for an input and an output channel.</param>
/// <param name="inputs">How many input channels.</param>
/// <param name="outputs">How many output channels.</param>
/// <param name="inputStep">From input channel to input channel.</param>
/// <param name="outputStep">From output channel to output channel.</param>
/// <param name="isTurned">Whether the kernels are turned around, for the way back.</param>
internal readonly unsafe struct WinogradKernels<T>(T* weights, int inputs, int outputs, nint inputStep, nint outputStep, bool isTurned)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T* weights = weights;

    public int Inputs => inputs;

    public int Outputs => outputs;

    /// <summary>From position to position.</summary>
    public int PositionStep => ChannelPanels.Size(outputs, inputs) + WinogradRoom<T>.Line;

    /// <summary>The numbers of all positions.</summary>
    public int Size => Winograd.Positions * PositionStep;

    /// <summary>The numbers of a panel's kernels.</summary>
    public int PanelNumbers => inputs * Winograd.KernelPlaces * ChannelPanels.Step(outputs);

    /// <summary>The kernels of another group.</summary>
    public WinogradKernels<T> OfGroup(int group) => new(weights + ((nint)group * inputs * outputs * Winograd.KernelPlaces), inputs, outputs, inputStep, outputStep, isTurned);

    /// <summary>Those of some output channels.</summary>
    public WinogradKernels<T> From(int first, int count) => new(weights + (first * outputStep), inputs, count, inputStep, outputStep, isTurned);

    /// <summary>Transforms some panels.</summary>
    /// <param name="firstPanel">The first.</param>
    /// <param name="endPanel">The panel behind the last.</param>
    /// <param name="kernels">Room for a panel's kernels.</param>
    /// <param name="positions">Where all panels go.</param>
    public void Transform(int firstPanel, int endPanel, T* kernels, T* positions)
    {
        int step = ChannelPanels.Step(outputs);
        for (int panel = firstPanel; panel < endPanel; panel++)
        {
            Pack(panel, kernels);
            Widest.Run<T, Work>(step, new()
            {
                Kernels = isTurned ? kernels + ((Winograd.KernelPlaces - 1) * step) : kernels,
                PlaceStep = isTurned ? -step : step,
                Channels = step,
                Inputs = inputs,
                Positions = positions + ((nint)panel * inputs * step),
                PositionStep = PositionStep,
            });
        }
    }

    // For each input channel nine places of the panel's channels.
    private void Pack(int panel, T* kernels)
    {
        int first = ChannelPanels.First(outputs, panel), step = ChannelPanels.Step(outputs), lines = Math.Min(step, outputs - first);
        T* source = weights + (first * outputStep);
        if (inputStep == Winograd.KernelPlaces)
        {
            Packing.Pack(new Operand<T>(source, outputStep, 1), lines, step, inputs * Winograd.KernelPlaces, kernels);
            return;
        }

        for (int input = 0; input < inputs; input++)
            Packing.Pack(new Operand<T>(source + (input * inputStep), outputStep, 1), lines, step, Winograd.KernelPlaces, kernels + (input * Winograd.KernelPlaces * step));
    }

    private struct Work : IOnVectors<T>
    {
        public T* Kernels, Positions;
        public nint PlaceStep, PositionStep;
        public int Channels, Inputs;

        public readonly void Run<V>()
            where V : struct, ISimd<V, T> => WinogradTransforms<T, V>.Kernels(Kernels, PlaceStep, Winograd.KernelPlaces * Channels, Inputs, Channels, Positions, PositionStep);
    }
}
