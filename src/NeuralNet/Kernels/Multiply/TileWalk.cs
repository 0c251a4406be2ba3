namespace NeuralNet.Kernels;

/// <summary>How a tile gets from one k to the next: a type for each way, so that the compiler leaves out the other.</summary>
internal interface ITileWalk
{
    /// <summary>Whether each k is looked up in a table, <see cref="TileTask{T}.Offsets"/>; else both factors go on by even steps.</summary>
    static abstract bool FollowsTaps { get; }
}

internal readonly struct EvenWalk : ITileWalk
{
    public static bool FollowsTaps => false;
}

internal readonly struct TapWalk : ITileWalk
{
    public static bool FollowsTaps => true;
}
