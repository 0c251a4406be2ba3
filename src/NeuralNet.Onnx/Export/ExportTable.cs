using System.Collections.Concurrent;

namespace NeuralNet.Onnx;

/// <summary>What each kind of layer becomes in an ONNX graph, the library's own room by room, and those an application registers.</summary>
internal static class ExportTable
{
    private static readonly ConcurrentDictionary<string, Func<OnnxLayer, string>> Exports = new(
    [
        .. WeightedExports.All,
        .. ActivationExports.All,
        .. PoolingExports.All,
        .. NormalizationExports.All,
        .. ShapeExports.All,
        .. CompositeExports.All,
        .. LossExports.All,
    ]);

    /// <summary>The kinds that have a form.</summary>
    public static IEnumerable<string> Kinds => Exports.Keys;

    /// <summary>What adds the nodes of a kind of layer; null if it has no form.</summary>
    public static Func<OnnxLayer, string>? Find(string kind) => Exports.GetValueOrDefault(kind);

    public static bool TryAdd(string kind, Func<OnnxLayer, string> export) => Exports.TryAdd(kind, export);
}
