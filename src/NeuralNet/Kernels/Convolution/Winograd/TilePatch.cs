namespace NeuralNet.Kernels;

/// <summary>The outputs of a piece of a batch with what lies beside the image, for some channels, one behind the other: columns as long as the piece has samples.</summary>
/// <param name="values">Its memory.</param>
/// <param name="rows">Its rows.</param>
/// <param name="columns">Its columns.</param>
/// <param name="samples">The length of a column.</param>
internal readonly unsafe struct TilePatch<T>(T* values, TilePlaces rows, TilePlaces columns, int samples)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T* values = values;

    public TileGrid Grid => new((nint)columns.Count * samples, samples);

    /// <summary>The numbers of a channel.</summary>
    public int ChannelStep => rows.Count * columns.Count * samples;

    /// <summary>Gives what lies within the image: whole rows, where the piece has all samples, or column after column.</summary>
    public void Give(T* image, nint channelStep, TileGrid grid, int channels)
    {
        for (int channel = 0; channel < channels; channel++, image += channelStep)
        {
            T* source = values + (channel * ChannelStep), destination = image;
            if (grid.Column == samples)
            {
                Packing.Pack(new Operand<T>(source, 1, Grid.Row), columns.End * samples, (int)grid.Row, rows.End, destination);
                continue;
            }

            for (int row = 0; row < rows.End; row++, source += Grid.Row, destination += grid.Row)
                Packing.Pack(new Operand<T>(source, 1, samples), samples, (int)grid.Column, columns.End, destination);
        }
    }
}
