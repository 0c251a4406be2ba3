using System.Text.Json.Serialization;

namespace NeuralNet;

/// <summary>All that was fixed when an encoder was fitted.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="TargetKind">What kind the targets are.</param>
/// <param name="Targets">The names of the target columns.</param>
/// <param name="Classes">The names of the classes, by label; none for a regression.</param>
/// <param name="DropRow">The columns whose missing values drop a row.</param>
/// <param name="Columns">The columns of features.</param>
internal sealed record EncoderState(int Version, TargetKind TargetKind, IReadOnlyList<string> Targets, IReadOnlyList<string> Classes, IReadOnlyList<string> DropRow, IReadOnlyList<ColumnState> Columns);

/// <summary>All that was fixed of a column of features.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it becomes.</param>
/// <param name="Categories">Its categories, by index; none for numbers.</param>
/// <param name="HasOther">Whether unknown categories count as one more.</param>
/// <param name="Filling">The number, or the category's index, that fills missing values; null where nothing does.</param>
internal sealed record ColumnState(string Name, ColumnKind Kind, IReadOnlyList<string> Categories, bool HasOther, double? Filling);

/// <summary>What a column of features becomes.</summary>
internal enum ColumnKind
{
    /// <summary>The number that it holds.</summary>
    Number,

    /// <summary>A feature for each category.</summary>
    OneHot,

    /// <summary>The category's index.</summary>
    Index,
}

/// <summary>An encoder as JSON.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EncoderState))]
internal sealed partial class EncoderJson : JsonSerializerContext;
