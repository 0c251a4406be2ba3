using Microsoft.Playwright;

namespace NeuralNet.Tests.Samples;

/// <summary>A headless Chromium, the system's own.</summary>
public sealed class Browser : IAsyncLifetime
{
    public const string Path = "/usr/bin/chromium";

    private const float Patience = 30_000;

    // It asks nobody but the server that is tested.
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await (browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        playwright?.Dispose();
    }

    /// <summary>Opens a page of its own, with whatever the browser objected to.</summary>
    internal async Task<ServedPage> Open(Uri address, BrowserNewContextOptions? options = null)
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        playwright ??= await Playwright.CreateAsync();
        browser ??= await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = Arguments });
        return await ServedPage.Open(await browser.NewContextAsync(options), address);
    }
}

/// <summary>A test that needs the browser.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute(bool needsMnist = false)
    {
        if (!File.Exists(Browser.Path))
            Skip = $"There is no browser at {Browser.Path}: install the package chromium.";
        else if (needsMnist)
            Skip = SharedData.WithoutMnist;
    }
}
