using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Logging.Console;

namespace NeuralNet.Samples.Serve;

/// <summary>The web server: which paths there are, and what a request may be.</summary>
internal static class Server
{
    private const int MostConnections = 200;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly string[] Get = [HttpMethods.Get, HttpMethods.Head];

    // The trimmer takes a method that Kestrel needs from this type, and leaves the interface that asks for it: dotnet/runtime issue 109850.
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(X509Certificate2Collection))]
    public static WebApplication Create(Settings settings, ServedModel model)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();

        // Errors go where errors go; why it cannot start, Program says.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.UseUrls(settings.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestBodySize = settings.MaxBodyBytes(model.InputSize) + PredictEndpoint.MostDiscardedBytes;
        });

        // When it is told to stop, requests that are running end, and no new ones begin.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.Timeout + Grace);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, AnswerJson.Default);
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });
        builder.Services.AddProblemDetails();
        builder.Services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = settings.Timeout,
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            WriteTimeoutResponse = context => Problem.Of(StatusCodes.Status503ServiceUnavailable, $"The request expects an answer within {settings.Timeout.TotalSeconds} seconds, and took longer: send fewer samples.").ExecuteAsync(context),
        });

        // While all processors predict, there are threads left that say so at once.
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(Math.Max(workers, 2 * Environment.ProcessorCount), ports);

        WebApplication app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages(ExplainStatus);
        app.Use(Problem.Catch);
        app.UseRequestTimeouts();

        var limits = new LimitsAnswer(settings.MaxSamples, settings.MaxBodyBytes(model.InputSize), settings.Timeout.TotalSeconds);
        ModelAnswer description = model.Describe(limits);
        var predict = new PredictEndpoint(model, limits);
        long start = Environment.TickCount64;
        app.MapMethods("/", Get, Page.Show);
        app.MapMethods("/health", Get, () => TypedResults.Ok(new HealthAnswer("ok", model.Name, (Environment.TickCount64 - start) / 1000.0, model.Predicting, GC.GetTotalMemory(false), Environment.WorkingSet)));
        app.MapMethods("/model", Get, () => TypedResults.Ok(description));
        app.MapPost("/predict", predict.Answer);
        return app;
    }

    private static Task ExplainStatus(StatusCodeContext context)
    {
        HttpRequest request = context.HttpContext.Request;
        int status = context.HttpContext.Response.StatusCode;
        return status is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed
            ? Problem.Of(status, $"Expected GET /, GET /health, GET /model or POST /predict, found {request.Method} {request.Path}.").ExecuteAsync(context.HttpContext)
            : Task.CompletedTask;
    }
}
