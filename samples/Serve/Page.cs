using Microsoft.AspNetCore.Http.HttpResults;

namespace NeuralNet.Samples.Serve;

/// <summary>The page on which a person draws: one file without anything from elsewhere, which the browser is told to insist on.</summary>
internal static class Page
{
    private static readonly byte[] Html = Read();

    public static FileContentHttpResult Show(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; connect-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(Html, "text/html; charset=utf-8");
    }

    private static byte[] Read()
    {
        using Stream stream = typeof(Page).Assembly.GetManifestResourceStream("index.html")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
