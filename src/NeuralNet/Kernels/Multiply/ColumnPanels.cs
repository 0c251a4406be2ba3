namespace NeuralNet.Kernels;

/// <summary>Columns cut into panels that are at most as wide as a tile: as few as can be, as even as can be.</summary>
internal readonly struct ColumnPanels
{
    private const int MostColumns = Tiles<float, Scalar<float>>.MostColumns;

    // The first panels have a column more than the others.
    private readonly int width, wider;

    public ColumnPanels(int columns)
    {
        Count = (columns + MostColumns - 1) / MostColumns;
        (width, wider) = Count == 0 ? default : Math.DivRem(columns, Count);
    }

    public int Count { get; }

    /// <summary>The first column of a panel; for the panel after the last the number of columns.</summary>
    public int First(int panel) => (panel * width) + Math.Min(panel, wider);
}
