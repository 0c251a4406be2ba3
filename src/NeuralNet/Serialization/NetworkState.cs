using System.Text.Json.Serialization;

namespace NeuralNet;

/// <summary>The numbers of a network in its file besides those of its tensors.</summary>
/// <param name="Seed">What fixes all that it draws at random.</param>
/// <param name="Step">The number of training steps done.</param>
/// <param name="Frozen">The names of the parameters that are not trainable.</param>
internal sealed record NetworkState(long Seed, long Step, IReadOnlyList<string> Frozen);

/// <summary>What a network's file says in JSON besides its architecture.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NetworkState))]
[JsonSerializable(typeof(OptimizerState))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class NetworkJson : JsonSerializerContext;
