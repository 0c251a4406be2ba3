using Microsoft.AspNetCore.Http.HttpResults;

namespace NeuralNet.Samples.Serve;

/// <summary><c>POST /predict</c>: reads samples, predicts, answers.</summary>
internal sealed class PredictEndpoint(ServedModel model, LimitsAnswer limits)
{
    /// <summary>How many bytes beyond the limit are read before the connection is cut.</summary>
    public const long MostDiscardedBytes = 64 << 20;

    private const int BlockBytes = 16 << 10;

    // As many at once as there are processors: more would only take memory, and the threads that answer all else.
    private static readonly SemaphoreSlim Turns = new(Environment.ProcessorCount);

    public async Task<Ok<PredictAnswer>> Answer(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasJsonContentType())
            throw new BadRequestException($"The request expects the content type application/json, found {request.ContentType ?? "none"}.", StatusCodes.Status415UnsupportedMediaType);
        bool withActivations = ReadActivations(request.Query["activations"]);

        using MemoryStream body = await ReadBody(request.Body, cancellation);
        await Turns.WaitAsync(cancellation);
        try
        {
            IReadOnlyList<float[]> samples = SamplesReader.Read(body.GetBuffer().AsSpan(0, (int)body.Length), model.InputSize, limits.MaxSamples);
            if (withActivations && samples.Count > 1)
                throw new BadRequestException($"activations=true expects one sample, found {samples.Count}.");
            return TypedResults.Ok(model.Predict(samples, withActivations, cancellation));
        }
        finally
        {
            Turns.Release();
        }
    }

    private static bool ReadActivations(string? text) => text switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw new BadRequestException($"activations expects true or false, found '{text}'."),
    };

    // What is too much is read too, and thrown away: who is cut off while he sends does not hear why.
    private async Task<MemoryStream> ReadBody(Stream stream, CancellationToken cancellation)
    {
        var body = new MemoryStream();
        var block = new byte[BlockBytes];
        long length = 0;
        for (int read; (read = await stream.ReadAsync(block, cancellation)) > 0; length += read)
        {
            if (length + read <= limits.MaxBodyBytes)
                body.Write(block, 0, read);
        }

        return length <= limits.MaxBodyBytes ? body : throw new BadRequestException(
            $"The body expects at most {limits.MaxBodyBytes} bytes, found {length}: send several requests.", StatusCodes.Status413PayloadTooLarge);
    }
}
