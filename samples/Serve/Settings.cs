namespace NeuralNet.Samples.Serve;

/// <summary>What the command line asks for.</summary>
internal sealed record Settings
{
    public const int DefaultMaxSamples = 1000, DefaultSeconds = 30;

    /// <summary>How many bytes of JSON a number may take: 17 digits, sign, point and exponent, a comma, and some blanks.</summary>
    private const int BytesPerNumber = 32;

    private const long MostBodyBytes = 64 << 20;

    public required string Model { get; init; }

    /// <summary>Whether a softmax is put behind an ONNX network.</summary>
    public bool SoftmaxHead { get; init; }

    public required string[] Urls { get; init; }

    /// <summary>How many samples one request may bring.</summary>
    public int MaxSamples { get; init; } = DefaultMaxSamples;

    /// <summary>How long one request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(DefaultSeconds);

    /// <summary>How many bytes one request may bring: enough for all its samples up to 64 MB, and for one in any case.</summary>
    public long MaxBodyBytes(int inputSize)
    {
        long sample = ((long)inputSize + 1) * BytesPerNumber;
        return 1024 + Math.Max(sample, Math.Min(MaxSamples * sample, MostBodyBytes));
    }
}
