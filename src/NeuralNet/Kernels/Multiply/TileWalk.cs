namespace NeuralNet.Kernels;

/// <summary>How a tile gets from one k to the next, and how it ends: a type for each way, so that the compiler leaves out the others.</summary>
internal interface ITileWalk
{
    /// <summary>Whether each k is looked up in a table, <see cref="TileTask{T}.Offsets"/>; else both factors go on by even steps.</summary>
    static abstract bool FollowsTaps { get; }

    /// <summary>Whether each column is looked up in tables, <see cref="TileTask{T}.LinesB"/> and <see cref="TileTask{T}.LinesC"/>; else they follow each other at even steps.</summary>
    static abstract bool ScattersColumns { get; }

    /// <summary>Whether it writes the Relu of its sums.</summary>
    static abstract bool Rectifies { get; }

    /// <summary>Whether <see cref="FourRows"/> follow the rows that fill its vectors.</summary>
    static abstract bool EndsInFourRows { get; }
}

internal readonly struct EvenWalk : ITileWalk
{
    public static bool FollowsTaps => false;

    public static bool ScattersColumns => false;

    public static bool Rectifies => false;

    public static bool EndsInFourRows => false;
}

internal readonly struct ScatteredWalk : ITileWalk
{
    public static bool FollowsTaps => false;

    public static bool ScattersColumns => true;

    public static bool Rectifies => false;

    public static bool EndsInFourRows => false;
}

internal readonly struct FourRowsWalk : ITileWalk
{
    public static bool FollowsTaps => false;

    public static bool ScattersColumns => false;

    public static bool Rectifies => false;

    public static bool EndsInFourRows => true;
}

internal readonly struct TapWalk : ITileWalk
{
    public static bool FollowsTaps => true;

    public static bool ScattersColumns => false;

    public static bool Rectifies => false;

    public static bool EndsInFourRows => false;
}

internal readonly struct RectifiedTapWalk : ITileWalk
{
    public static bool FollowsTaps => true;

    public static bool ScattersColumns => false;

    public static bool Rectifies => true;

    public static bool EndsInFourRows => false;
}
