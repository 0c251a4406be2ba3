namespace NeuralNet.Tests;

/// <summary>The shapes that matrix kernels are tested with: ones, odd sizes, and sizes around the vector widths and the transpose's block.</summary>
internal static class KernelCases
{
    /// <summary>m, k, n of a product.</summary>
    public static TheoryData<int, int, int> Products => new()
    {
        { 1, 1, 1 }, { 1, 7, 1 }, { 7, 1, 5 }, { 1, 5, 9 }, { 9, 5, 1 }, { 3, 3, 3 }, { 5, 7, 11 }, { 16, 16, 16 }, { 17, 33, 15 }, { 31, 2, 65 }, { 100, 50, 10 }, { 129, 170, 191 },
    };

    /// <summary>Rows and columns of a matrix.</summary>
    public static TheoryData<int, int> Shapes => new() { { 1, 1 }, { 1, 9 }, { 9, 1 }, { 3, 5 }, { 31, 33 }, { 32, 32 }, { 33, 31 }, { 64, 17 }, { 100, 10 }, { 7, 130 } };
}
