namespace NeuralNet.Kernels;

/// <summary>The kernels of a group of output channels: as they are, and at the positions of <see cref="Winograd"/>, for each position their <see cref="ChannelStrips"/>.</summary>
/// <param name="tile">The tiles.</param>
/// <param name="weights">The weights: nine in a row for an input and an output channel.</param>
/// <param name="inputs">How many input channels.</param>
/// <param name="outputs">How many output channels.</param>
/// <param name="inputStep">From input channel to input channel.</param>
/// <param name="outputStep">From output channel to output channel.</param>
/// <param name="isTurned">Whether the kernels are turned around, for the way back.</param>
internal readonly unsafe struct WinogradKernels<T>(TileSize tile, T* weights, int inputs, int outputs, nint inputStep, nint outputStep, bool isTurned)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T* weights = weights;

    public int Inputs => inputs;

    public int Outputs => outputs;

    /// <summary>From position to position.</summary>
    public int PositionStep => ChannelStrips.Size(outputs, inputs) + WinogradRoom<T>.Line;

    /// <summary>The numbers of all positions.</summary>
    public int Size => checked(tile.Positions * PositionStep);

    /// <summary>The numbers of a strip's kernels.</summary>
    public int StripNumbers => inputs * Winograd.KernelPlaces * ChannelStrips.Step(outputs);

    /// <summary>The kernels of another group.</summary>
    public WinogradKernels<T> OfGroup(int group) => new(tile, weights + ((nint)group * inputs * outputs * Winograd.KernelPlaces), inputs, outputs, inputStep, outputStep, isTurned);

    /// <summary>Those of some output channels.</summary>
    public WinogradKernels<T> From(int first, int count) => new(tile, weights + (first * outputStep), inputs, count, inputStep, outputStep, isTurned);

    /// <summary>Transforms some strips.</summary>
    /// <param name="firstStrip">The first.</param>
    /// <param name="endStrip">The strip behind the last.</param>
    /// <param name="kernels">Room for a strip's kernels.</param>
    /// <param name="positions">Where all strips go.</param>
    public void Transform(int firstStrip, int endStrip, T* kernels, T* positions)
    {
        int step = ChannelStrips.Step(outputs);
        for (int strip = firstStrip; strip < endStrip; strip++)
        {
            Pack(strip, kernels);
            Widest.Run<T, Work>(step, new()
            {
                Tile = tile,
                Kernels = isTurned ? kernels + ((Winograd.KernelPlaces - 1) * step) : kernels,
                PlaceStep = isTurned ? -step : step,
                Channels = step,
                Inputs = inputs,
                Positions = positions + ((nint)strip * inputs * step),
                PositionStep = PositionStep,
            });
        }
    }

    // For each input channel nine places of the strip's channels.
    private void Pack(int strip, T* kernels)
    {
        int step = ChannelStrips.Step(outputs), lines = ChannelStrips.Channels(outputs, strip);
        T* source = weights + (strip * ChannelStrips.MostChannels * outputStep);
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
        public TileSize Tile;
        public int Channels, Inputs;

        public readonly void Run<V>()
            where V : struct, ISimd<V, T>
        {
            if (Tile.IsLarge)
                LargeTileTransforms<T, V>.Kernels(Kernels, PlaceStep, Winograd.KernelPlaces * Channels, Inputs, Channels, Positions, PositionStep);
            else
                SmallTileTransforms<T, V>.Kernels(Kernels, PlaceStep, Winograd.KernelPlaces * Channels, Inputs, Channels, Positions, PositionStep);
        }
    }
}
