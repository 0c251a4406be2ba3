namespace NeuralNet.Kernels;

/// <summary>How large the tiles of <see cref="Winograd"/> are.</summary>
/// <param name="Outputs">The outputs of a tile along one axis: 2 or 4.</param>
internal readonly record struct TileSize(int Outputs)
{
    public static readonly TileSize Small = new(2), Large = new(4);

    public bool IsLarge => this == Large;

    /// <summary>The inputs of a tile along one axis.</summary>
    public int Inputs => Outputs + 2;

    /// <summary>The positions of a tile.</summary>
    public int Positions => Inputs * Inputs;

    /// <summary>The position that is 1 times each output of its tile: a sum that starts there from the bias adds it to all.</summary>
    public int BiasPosition => Inputs + 1;

    /// <summary>The tiles along an axis; of the last one some places may lie beside the outputs.</summary>
    public int Tiles(WindowAxis axis) => (axis.Output + Outputs - 1) / Outputs;

    /// <summary>Whether the squares of tiles are the windows of a pooling behind the convolution, and none lies beside the outputs.</summary>
    public bool CanPool(PoolShape pool) => pool.IsApart && HasWindows(pool.Rows) && HasWindows(pool.Columns);

    private bool HasWindows(WindowAxis axis) => axis.Kernel == Winograd.Square && axis.Input == axis.Output * Winograd.Square && axis.Input % Outputs == 0;
}
