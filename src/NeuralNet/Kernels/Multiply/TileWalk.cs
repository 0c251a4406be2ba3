namespace NeuralNet.Kernels;

/// <summary>How a tile gets from one k to the next, and how it ends: a type for each way, so that the compiler leaves out the others.</summary>
internal interface ITileWalk
{
    /// <summary>Whether each k is looked up in a table, <see cref="TileTask{T}.Offsets"/>; else both factors go on by even steps.</summary>
    static virtual bool FollowsTaps => false;

    /// <summary>Whether each column is looked up in tables, <see cref="TileTask{T}.LinesB"/> and <see cref="TileTask{T}.LinesC"/>; else they follow each other at even steps.</summary>
    static virtual bool ScattersColumns => false;

    /// <summary>Whether it writes the Relu of its sums.</summary>
    static virtual bool Rectifies => false;

    /// <summary>Whether <see cref="FourRows"/> follow the rows that fill its vectors.</summary>
    static virtual bool EndsInFourRows => false;
}

internal readonly struct EvenWalk : ITileWalk
{
}

internal readonly struct ScatteredWalk : ITileWalk
{
    public static bool ScattersColumns => true;
}

internal readonly struct FourRowsWalk : ITileWalk
{
    public static bool EndsInFourRows => true;
}

internal readonly struct TapWalk : ITileWalk
{
    public static bool FollowsTaps => true;
}

internal readonly struct RectifiedTapWalk : ITileWalk
{
    public static bool FollowsTaps => true;

    public static bool Rectifies => true;
}
