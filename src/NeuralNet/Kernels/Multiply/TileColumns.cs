namespace NeuralNet.Kernels;

/// <summary>How many columns a tile has, 1 to 6: a type for each number, so that the compiler leaves out what a narrow tile does not have.</summary>
internal interface ITileColumns
{
    static abstract int Count { get; }
}

internal readonly struct OneColumn : ITileColumns
{
    public static int Count => 1;
}

internal readonly struct TwoColumns : ITileColumns
{
    public static int Count => 2;
}

internal readonly struct ThreeColumns : ITileColumns
{
    public static int Count => 3;
}

internal readonly struct FourColumns : ITileColumns
{
    public static int Count => 4;
}

internal readonly struct FiveColumns : ITileColumns
{
    public static int Count => 5;
}

internal readonly struct SixColumns : ITileColumns
{
    public static int Count => 6;
}
