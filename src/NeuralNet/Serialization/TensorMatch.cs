namespace NeuralNet;

/// <summary>Which tensors of a file belong into which of a network, by name.</summary>
internal sealed class TensorMatch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // PyTorch's count of the batches that a BatchNorm has seen: no number of it is used in a prediction.
    private const string BatchCount = "num_batches_tracked";

    private readonly List<(LiveTensor<T> Into, StoredTensor<T> From)> pairs;

    private TensorMatch(WeightsReport report, List<(LiveTensor<T> Into, StoredTensor<T> From)> pairs) => (Report, this.pairs) = (report, pairs);

    public WeightsReport Report { get; }

    /// <summary>Finds out what belongs together.</summary>
    /// <param name="source">What the report calls the file.</param>
    /// <param name="wanted">The network's.</param>
    /// <param name="stored">The file's.</param>
    /// <param name="map">From a name in the file to the network's; null for what is to be left out. Without a map, names are the same.</param>
    /// <param name="ignoresOptimizer">Whether what an optimizer has left in the file is of no interest.</param>
    /// <exception cref="InvalidDataException">Two tensors of the file have one name in the network.</exception>
    public static TensorMatch<T> Of(string source, IEnumerable<LiveTensor<T>> wanted, IEnumerable<StoredTensor<T>> stored, Func<string, string?>? map = null, bool ignoresOptimizer = true)
    {
        LiveTensor<T>[] all = [.. wanted];
        HashSet<string> names = [.. all.Select(tensor => tensor.Name)];
        var byName = new Dictionary<string, StoredTensor<T>>();
        var ignored = new List<StoredTensor<T>>();
        foreach (StoredTensor<T> tensor in stored)
        {
            string? name = map is null ? tensor.Name : map(tensor.Name);
            if (name is null || (!names.Contains(name) && (IsBatchCount(name) || (ignoresOptimizer && LiveTensor<T>.IsOptimizers(name)))))
                ignored.Add(tensor);
            else if (!byName.TryAdd(name, tensor))
                throw new InvalidDataException($"{source}: both {Guard.Excerpt(byName[name].Name)} and {Guard.Excerpt(tensor.Name)} are mapped to '{Guard.Excerpt(name)}'.");
        }

        var matches = new List<WeightMatch>();
        var pairs = new List<(LiveTensor<T> Into, StoredTensor<T> From)>();
        foreach (LiveTensor<T> tensor in all)
        {
            string text = $"{tensor.Name} {tensor.Shape.ToTensorString()}";
            if (!byName.Remove(tensor.Name, out StoredTensor<T>? found))
            {
                matches.Add(new(WeightStatus.Missing, text, null));
            }
            else if (!found.HasShape(tensor.Shape))
            {
                matches.Add(new(WeightStatus.Mismatched, text, found.ToString(), IsTransposed(tensor.Shape, found) ? "transposed, as Keras has it" : null));
            }
            else
            {
                matches.Add(new(WeightStatus.Loaded, text, found.ToString()));
                pairs.Add((tensor, found));
            }
        }

        matches.AddRange(byName.Values.Select(tensor => new WeightMatch(WeightStatus.Unused, null, tensor.ToString())));
        matches.AddRange(ignored.Select(tensor => new WeightMatch(WeightStatus.Ignored, null, tensor.ToString())));
        return new TensorMatch<T>(new WeightsReport(source, matches), pairs);
    }

    /// <summary>Reads what belongs together, all before the first number of the network changes.</summary>
    /// <exception cref="InvalidDataException">A tensor does not hold floating-point numbers, or one that is too large for the precision.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Copy()
    {
        T[][] values = [.. pairs.Select(pair => pair.From.Read())];
        foreach ((int i, (LiveTensor<T> into, _)) in pairs.Index())
            values[i].CopyTo(into.Value.Values());
    }

    private static bool IsBatchCount(string name) => name == BatchCount || name.EndsWith($".{BatchCount}", StringComparison.Ordinal);

    private static bool IsTransposed(Shape wanted, StoredTensor<T> found) =>
        wanted.Rank == 2 && found.Shape.Count == 2 && found.Shape[0] == wanted[1] && found.Shape[1] == wanted[0];
}
