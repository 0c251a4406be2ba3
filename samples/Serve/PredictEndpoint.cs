using Microsoft.AspNetCore.Http.HttpResults;

namespace NeuralNet.Samples.Serve;

/// <summary><c>POST /predict</c>: reads samples, predicts, answers.</summary>
internal sealed class PredictEndpoint(ServedModel model, LimitsAnswer limits)
{
    public async Task<Ok<PredictAnswer>> Answer(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasJsonContentType())
            throw new BadRequestException($"The request expects the content type application/json, found {request.ContentType ?? "none"}.", StatusCodes.Status415UnsupportedMediaType);
        bool withActivations = ReadActivations(request.Query["activations"]);

        using MemoryStream body = await ReadBody(request, cancellation);
        IReadOnlyList<float[]> samples = SamplesReader.Read(body.GetBuffer().AsSpan(0, (int)body.Length), model.InputSize, limits.MaxSamples);
        if (withActivations && samples.Count > 1)
            throw new BadRequestException($"activations=true expects one sample, found {samples.Count}.");
        return TypedResults.Ok(model.Predict(samples, withActivations, cancellation));
    }

    private static bool ReadActivations(string? text) => text switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw new BadRequestException($"activations expects true or false, found '{text}'."),
    };

    private async Task<MemoryStream> ReadBody(HttpRequest request, CancellationToken cancellation)
    {
        var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body, cancellation);
            return body;
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new BadRequestException(
                $"The body expects at most {limits.MaxBodyBytes} bytes, enough for {limits.MaxSamples} samples, found {(request.ContentLength is { } length ? $"{length}" : "more")}: send several requests.", e.StatusCode);
        }
    }
}
