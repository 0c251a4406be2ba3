namespace NeuralNet.Kernels;

/// <summary>A piece's places with what lies beside the image, for some channels, one behind the other: columns as long as the piece has samples.</summary>
/// <param name="values">Its memory.</param>
/// <param name="rows">Its rows.</param>
/// <param name="columns">Its columns.</param>
/// <param name="samples">The length of a column.</param>
internal readonly unsafe struct TilePatch<T>(T* values, TilePlaces rows, TilePlaces columns, int samples)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public readonly T* Values = values;

    public TileGrid Grid => new((nint)columns.Count * samples, samples);

    /// <summary>The numbers of a channel.</summary>
    public int ChannelStep => rows.Count * columns.Count * samples;

    /// <summary>Gives what lies within the image.</summary>
    public void Give(T* image, nint channelStep, TileGrid grid, int channels)
    {
        for (int channel = 0; channel < channels; channel++)
            Copy(Values + (channel * ChannelStep), Grid, image + (channel * channelStep), grid);
    }

    // What lies within the image: whole rows, where the piece has all samples, or column after column.
    private void Copy(T* source, TileGrid from, T* destination, TileGrid to)
    {
        int count = columns.End - columns.First;
        source += from.At(rows.First, columns.First);
        destination += to.At(rows.First, columns.First);
        if (from.Column == to.Column)
        {
            Packing.Pack(new Operand<T>(source, 1, from.Row), count * samples, (int)to.Row, rows.End - rows.First, destination);
            return;
        }

        for (int row = rows.First; row < rows.End; row++, source += from.Row, destination += to.Row)
            Packing.Pack(new Operand<T>(source, 1, from.Column), samples, (int)to.Column, count, destination);
    }
}
