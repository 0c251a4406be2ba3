using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NeuralNet.Samples.Serve;

/// <summary>Reads the samples of a request: <c>{"samples": [[...], ...]}</c> or <c>{"sample": [...]}</c>. Whatever is wrong is named with its place, the expected and the found.</summary>
internal ref struct SamplesReader
{
    private const string Wanted = """an object such as {"sample": [...]} or {"samples": [[...], ...]}""";

    private readonly int inputSize;
    private readonly int maxSamples;
    private Utf8JsonReader json;

    private SamplesReader(ReadOnlySpan<byte> body, int inputSize, int maxSamples)
    {
        (this.inputSize, this.maxSamples) = (inputSize, maxSamples);
        json = new Utf8JsonReader(body);
    }

    /// <summary>The samples, each of as many finite numbers as the network takes.</summary>
    /// <exception cref="BadRequestException">The body is something else.</exception>
    public static IReadOnlyList<float[]> Read(ReadOnlySpan<byte> body, int inputSize, int maxSamples)
    {
        if (body.IsEmpty)
            throw new BadRequestException($"The body is empty: expected {Wanted}.");
        try
        {
            return new SamplesReader(body, inputSize, maxSamples).Read();
        }
        catch (JsonException e)
        {
            throw new BadRequestException($"The body is not JSON, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: expected {Wanted}; JSON knows neither NaN nor Infinity.");
        }
        catch (InvalidOperationException)
        {
            // What the reader says to text that is half of a character.
            throw new BadRequestException($"The body is not JSON, its text is not Unicode: expected {Wanted}.");
        }
    }

    private List<float[]> Read()
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            throw new BadRequestException($"The body expects {Wanted}, found {Found()}.");

        List<float[]>? samples = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isOne = json.ValueTextEquals("sample"u8);
            if (!isOne && !json.ValueTextEquals("samples"u8))
                throw new BadRequestException($"The body expects {Wanted}, found a member {Found()}.");
            if (samples is not null)
                throw new BadRequestException("The body expects either sample or samples, once; found a second.");
            json.Read();
            samples = isOne ? [ReadSample("sample", null)] : ReadSamples();
        }

        json.Read();
        return samples ?? throw new BadRequestException($"The body expects {Wanted}, found an object without members.");
    }

    private List<float[]> ReadSamples()
    {
        if (json.TokenType != JsonTokenType.StartArray)
            throw new BadRequestException($"samples expects a list of samples, found {Found()}.");

        var samples = new List<float[]>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (samples.Count == maxSamples)
                throw new BadRequestException($"samples expects at most {maxSamples} samples in one request, found more: send several requests.");
            samples.Add(ReadSample("samples", samples.Count));
        }

        return samples.Count > 0 ? samples : throw new BadRequestException("samples expects at least one sample, found none.");
    }

    private float[] ReadSample(string name, int? index)
    {
        string place = index is null ? name : string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]");
        if (json.TokenType != JsonTokenType.StartArray)
            throw new BadRequestException($"{place} expects a list of {inputSize} numbers, found {Found()}.");

        var sample = new float[inputSize];
        int count = 0;
        for (; json.Read() && json.TokenType != JsonTokenType.EndArray; count++)
        {
            float value = ReadNumber(place, count);
            if (count < inputSize)
                sample[count] = value;
        }

        return count == inputSize ? sample : throw new BadRequestException($"{place} expects {inputSize} numbers, found {count}.");
    }

    private readonly float ReadNumber(string place, int index)
    {
        if (json.TokenType != JsonTokenType.Number)
            throw new BadRequestException($"{place}[{index}] expects a number, found {Found()}.");
        return json.TryGetSingle(out float value) && float.IsFinite(value)
            ? value
            : throw new BadRequestException($"{place}[{index}] expects a number of at most {float.MaxValue.ToString(CultureInfo.InvariantCulture)}, found {Found()}.");
    }

    // A word of what stands there, never more of it than fits into a line.
    private readonly string Found()
    {
        const int Most = 40;
        string text = Encoding.UTF8.GetString(json.ValueSpan.Length <= Most ? json.ValueSpan : json.ValueSpan[..Most]);
        string rest = json.ValueSpan.Length <= Most ? string.Empty : "...";
        return json.TokenType switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "a list",
            JsonTokenType.String or JsonTokenType.PropertyName => $"\"{text}{rest}\"",
            _ => text + rest,
        };
    }
}
