using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>A piece's places with what lies beside the image, for some channels, one behind the other: columns as long as the piece has samples.</summary>
/// <param name="values">Its memory.</param>
/// <param name="rows">Its rows.</param>
/// <param name="columns">Its columns.</param>
/// <param name="samples">The length of a column.</param>
internal readonly unsafe struct TilePatch<T>(T* values, TilePlaces rows, TilePlaces columns, int samples)
    where T : unmanaged
{
    public readonly T* Values = values;

    public TileGrid Grid => new((nint)columns.Count * samples, samples);

    /// <summary>The numbers of a channel.</summary>
    public int ChannelStep => rows.Count * columns.Count * samples;

    /// <summary>Takes what lies within the image; the rest is zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(T* image, nint channelStep, TileGrid grid, int channels)
    {
        new Span<T>(Values, channels * ChannelStep).Clear();
        for (int channel = 0; channel < channels; channel++)
        {
            for (int row = rows.First; row < rows.End; row++)
                Copy(image + (channel * channelStep) + grid.At(row, columns.First), grid.Column, Values + (channel * ChannelStep) + Grid.At(row, columns.First), samples);
        }
    }

    /// <summary>Gives that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Give(T* image, nint channelStep, TileGrid grid, int channels)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            for (int row = rows.First; row < rows.End; row++)
                Copy(Values + (channel * ChannelStep) + Grid.At(row, columns.First), samples, image + (channel * channelStep) + grid.At(row, columns.First), grid.Column);
        }
    }

    // The columns of a row: at once, where the piece has all samples.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Copy(T* source, nint sourceStep, T* destination, nint destinationStep)
    {
        int count = columns.End - columns.First;
        if (sourceStep == destinationStep)
        {
            new ReadOnlySpan<T>(source, count * samples).CopyTo(new Span<T>(destination, count * samples));
            return;
        }

        for (int i = 0; i < count; i++, source += sourceStep, destination += destinationStep)
            new ReadOnlySpan<T>(source, samples).CopyTo(new Span<T>(destination, samples));
    }
}
