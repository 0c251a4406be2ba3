using System.Text.Json.Serialization;

namespace NeuralNet.Samples.Serve;

/// <summary>The answer to <c>POST /predict</c>.</summary>
/// <param name="Predictions">For each sample in order its classes, the most probable first, if the network gives probabilities.</param>
/// <param name="Outputs">For each sample in order the network's numbers, if they are no probabilities.</param>
/// <param name="Activations">What each layer gave, where that was asked for.</param>
internal sealed record PredictAnswer(IReadOnlyList<IReadOnlyList<ClassAnswer>>? Predictions, IReadOnlyList<float[]>? Outputs, IReadOnlyList<LayerPicture>? Activations);

/// <summary>A class and its probability: a float in as few digits as give the same float again.</summary>
internal sealed record ClassAnswer(int Class, string Name, float Probability);

/// <summary>The answer to <c>GET /health</c>.</summary>
/// <param name="Status"><c>ok</c>.</param>
/// <param name="Model">The model's name.</param>
/// <param name="UptimeSeconds">How long it has been serving.</param>
/// <param name="Predicting">How many requests are being predicted for now.</param>
/// <param name="HeapBytes">What managed objects take.</param>
/// <param name="WorkingSetBytes">What the process takes.</param>
internal sealed record HealthAnswer(string Status, string Model, double UptimeSeconds, int Predicting, long HeapBytes, long WorkingSetBytes);

/// <summary>The answer to <c>GET /model</c>.</summary>
internal sealed record ModelAnswer(
    string Name,
    int[] InputShape,
    int[] OutputShape,
    bool GivesProbabilities,
    IReadOnlyList<string> ClassNames,
    long Parameters,
    IReadOnlyList<LayerAnswer> Layers,
    string WeightsSha256,
    Dictionary<string, string> Metadata,
    LimitsAnswer Limits);

/// <summary>A layer of <see cref="ModelAnswer"/>; a composite is followed by its children, which count their own parameters.</summary>
internal sealed record LayerAnswer(string Path, string Layer, int[] OutputShape, long Parameters);

/// <summary>What one request may be.</summary>
internal sealed record LimitsAnswer(int MaxSamples, long MaxBodyBytes, double TimeoutSeconds);

/// <summary>How the answers are written: generated, so that nothing is found by reflection.</summary>
[JsonSerializable(typeof(PredictAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(ModelAnswer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
