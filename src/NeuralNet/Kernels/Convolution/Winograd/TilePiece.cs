namespace NeuralNet.Kernels;

/// <summary>Lanes that lie side by side: samples of one tile or, of a single sample, tiles next to each other, if they fill rows of tiles in all of these. Lanes count the samples of the first tile, then of the next.</summary>
/// <param name="Row">The first row of tiles.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Column">The first tile's column.</param>
/// <param name="Columns">How many tiles of a row.</param>
/// <param name="Sample">The first sample.</param>
/// <param name="Samples">How many samples.</param>
internal readonly record struct TilePiece(int Row, int Rows, int Column, int Columns, int Sample, int Samples)
{
    public int Lanes => Rows * Columns * Samples;

    /// <summary>From a lane on at most so many.</summary>
    public static TilePiece At(long lane, int most, int samples, int tileColumns)
    {
        (int tile, int sample) = ((int)(lane / samples), (int)(lane % samples));
        (int row, int column) = (tile / tileColumns, tile % tileColumns);
        if (samples > 1)
            return new(row, 1, column, 1, sample, Math.Min(most, samples - sample));
        return column == 0 && most >= tileColumns ? new(row, most / tileColumns, 0, tileColumns, 0, 1) : new(row, 1, column, Math.Min(most, tileColumns - column), 0, 1);
    }
}
