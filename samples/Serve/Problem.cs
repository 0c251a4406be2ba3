using Microsoft.AspNetCore.Http.HttpResults;

namespace NeuralNet.Samples.Serve;

/// <summary>What went wrong with a request, as problem details (RFC 9457) in JSON.</summary>
internal static class Problem
{
    /// <summary>Answers with a problem what a request that cannot be answered throws.</summary>
    public static async Task Catch(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadRequestException e) when (!context.Response.HasStarted)
        {
            await Of(e.Status, e.Message).ExecuteAsync(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            // What the server itself objects to: a body that ends too early, or comes too slowly.
            await Of(e.StatusCode, e.Message).ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to be answered.
        }
    }

    public static ProblemHttpResult Of(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
