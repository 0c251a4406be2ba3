using System.Text.Json.Serialization;

namespace NeuralNet;

/// <summary>The state of a training run as JSON, every number with all its digits; infinity and NaN are the words of .NET.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TrainingState))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
