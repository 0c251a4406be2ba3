using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace NeuralNet.Onnx;

/// <summary>What each kind of layer becomes in an ONNX graph: the library's own, room by room, and those an application registers.</summary>
internal static class ExportTable
{
    private static readonly ConcurrentDictionary<string, Func<OnnxLayer, string>> Registered = [];

    /// <summary>The forms of the library's own kinds.</summary>
    public static FrozenDictionary<string, Func<OnnxLayer, string>> BuiltIn { get; } = FrozenDictionary.ToFrozenDictionary(
    [
        .. WeightedExports.All,
        .. ActivationExports.All,
        .. PoolingExports.All,
        .. NormalizationExports.All,
        .. ShapeExports.All,
        .. CompositeExports.All,
        .. LossExports.All,
    ]);

    /// <summary>What adds the nodes of a kind of layer; null if it has no form.</summary>
    public static Func<OnnxLayer, string>? Find(string kind) => BuiltIn.GetValueOrDefault(kind) ?? Registered.GetValueOrDefault(kind);

    /// <summary>Gives a kind a form; false if it has one already.</summary>
    public static bool TryAdd(string kind, Func<OnnxLayer, string> export) => !BuiltIn.ContainsKey(kind) && Registered.TryAdd(kind, export);
}
