using System.Text.Json;

namespace NeuralNet.Tests;

/// <summary>The golden values beside this file, by room and row: a room is one file, <c>rules.json</c>, or several, <c>layers.*.json</c>.</summary>
internal static class GoldenFile
{
    private static readonly Dictionary<string, Dictionary<string, JsonElement>> Rooms = [];

    public static IEnumerable<string> Names(string room) => Rows(room).Keys;

    public static JsonElement Row(string room, string name) =>
        Rows(room).TryGetValue(name, out JsonElement row) ? row : throw new KeyNotFoundException($"The golden values of {room} have no row {name}: add it to their script.");

    public static Matrix<double> Matrix(this JsonElement row, string name) =>
        Matrix<double>.Build.DenseOfRowArrays(row.GetProperty(name).EnumerateArray().Select(Numbers));

    public static double[] Numbers(this JsonElement row, string name) => Numbers(row.GetProperty(name));

    public static double[] Numbers(this JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];

    public static double Number(this JsonElement row, string name) => row.GetProperty(name).GetDouble();

    /// <summary>Numbers in the memory order of a parameter, PyTorch's, as a matrix of its size.</summary>
    public static Matrix<double> InMemoryOrder<T>(double[] numbers, Matrix<T> like)
        where T : unmanaged, IFloatingPointIeee754<T> => Matrix<double>.Build.Dense(like.RowCount, like.ColumnCount, numbers);

    private static Dictionary<string, JsonElement> Rows(string room)
    {
        lock (Rooms)
        {
            if (!Rooms.TryGetValue(room, out Dictionary<string, JsonElement>? rows))
            {
                string folder = Path.Combine(AppContext.BaseDirectory, "Golden");
                string[] files = File.Exists(Path.Combine(folder, room + ".json")) ? [Path.Combine(folder, room + ".json")] : Directory.GetFiles(folder, room + ".*.json");
                rows = Rooms[room] = files.SelectMany(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement.EnumerateObject()).ToDictionary(row => row.Name, row => row.Value);
            }

            return rows;
        }
    }
}
