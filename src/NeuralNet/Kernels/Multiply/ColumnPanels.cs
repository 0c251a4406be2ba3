namespace NeuralNet.Kernels;

/// <summary>Columns cut into panels, each as wide as a tile: as few as can be, as even as can be.</summary>
internal static class ColumnPanels
{
    /// <summary>The most columns of a panel.</summary>
    private const int MostColumns = Tiles<float, Scalar<float>>.MostColumns;

    public static int Count(int columns) => (columns + MostColumns - 1) / MostColumns;

    /// <summary>The first column of a panel; for the panel after the last the number of columns.</summary>
    public static int First(int columns, int panel) => columns * panel / Count(columns);
}
