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

    /// <summary>Where each column of <see cref="B"/> and of <see cref="C"/> lies, for a <see cref="ScatteredWalk"/>.</summary>
    public nint* LinesB, LinesC;

    /// <summary>How many rows the result has here; they reach into the last vector. With a <see cref="FourRowsWalk"/> they fill it, and four more follow.</summary>
    public int Rows;
}
