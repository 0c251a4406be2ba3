using System.Text.Json;

namespace NeuralNet.Tests;

/// <summary>The values of <c>golden.json</c>, by room and row.</summary>
internal static class GoldenFile
{
    private static readonly JsonElement Root = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "golden.json"))).RootElement;

    public static IEnumerable<string> Names(string room) => Root.GetProperty(room).EnumerateObject().Select(row => row.Name);

    public static JsonElement Row(string room, string name) =>
        Root.GetProperty(room).TryGetProperty(name, out JsonElement row) ? row : throw new KeyNotFoundException($"golden.json has no row {name} in {room}: add it to make_golden.py.");

    public static Matrix<double> Matrix(this JsonElement row, string name) =>
        Matrix<double>.Build.DenseOfRowArrays(row.GetProperty(name).EnumerateArray().Select(Numbers));

    public static double[] Numbers(this JsonElement row, string name) => Numbers(row.GetProperty(name));

    public static double[] Numbers(this JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];

    public static double Number(this JsonElement row, string name) => row.GetProperty(name).GetDouble();

    /// <summary>Numbers in the memory order of a parameter, PyTorch's, as a matrix of its size.</summary>
    public static Matrix<double> InMemoryOrder<T>(double[] numbers, Matrix<T> like)
        where T : unmanaged, IFloatingPointIeee754<T> => Matrix<double>.Build.Dense(like.RowCount, like.ColumnCount, numbers);
}
