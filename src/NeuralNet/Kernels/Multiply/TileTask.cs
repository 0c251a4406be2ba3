namespace NeuralNet.Kernels;

/// <summary>What a tile is to compute.</summary>
internal unsafe struct TileTask<T>
    where T : unmanaged
{
    /// <summary>The tile's rows for k = 0; all lanes of all vectors are read.</summary>
    public T* A;

    /// <summary>From one k to the next in <see cref="A"/>; unless there are <see cref="Offsets"/>.</summary>
    public nint StepA;

    /// <summary>Where each k is found, for a <see cref="TapWalk"/>.</summary>
    public TapOffset* Offsets;

    /// <summary>The tile's columns.</summary>
    public Operand<T> B;

    /// <summary>The length of the sum.</summary>
    public int Depth;

    /// <summary>Where each column's sums start; null for 0.</summary>
    public T* Start;

    /// <summary>Whether the sums go on from what <see cref="C"/> holds instead.</summary>
    public bool Continues;

    /// <summary>The tile's first column in the result.</summary>
    public T* C;

    /// <summary>From column to column in <see cref="C"/>.</summary>
    public nint StepC;

    /// <summary>Where the columns of <see cref="B"/> and <see cref="C"/> lie that do not follow each other at even steps: offsets for each column of the tile; null where they do.</summary>
    public nint* LinesB, LinesC;

    /// <summary>How many rows the result has here; they reach into the last vector. With a <see cref="FourRowsWalk"/> they fill it, and four more follow.</summary>
    public int Rows;

    public readonly T* Line(int column) => B.Values + (LinesB == null ? column * B.LineStep : LinesB[column]);

    public readonly T* Column(int column) => C + (LinesC == null ? column * StepC : LinesC[column]);
}
