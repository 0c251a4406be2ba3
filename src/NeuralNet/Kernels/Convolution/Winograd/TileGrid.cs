namespace NeuralNet.Kernels;

/// <summary>How places follow each other in memory.</summary>
/// <param name="Row">From row to row.</param>
/// <param name="Column">From column to column.</param>
internal readonly record struct TileGrid(nint Row, nint Column)
{
    public nint At(int row, int column) => (row * Row) + (column * Column);
}
