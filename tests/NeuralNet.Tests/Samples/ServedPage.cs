using System.Diagnostics;
using Microsoft.Playwright;

namespace NeuralNet.Tests.Samples;

/// <summary>The page of samples/Serve in a browser, and a hand that draws on it.</summary>
internal sealed class ServedPage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];
    private int asking;

    private ServedPage(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) => complaints.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => complaints.Add(error);
        page.RequestFailed += (_, request) => complaints.Add($"{request.Url}: {request.Failure}");
        page.Request += (_, request) => MostAsked = Math.Max(MostAsked, IsPrediction(request) ? ++asking : asking);
        page.RequestFinished += (_, request) => asking -= IsPrediction(request) ? 1 : 0;
    }

    public IPage Page { get; }

    /// <summary>What the browser and the page's script objected to.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    /// <summary>How many predictions were asked for at the same time at most.</summary>
    public int MostAsked { get; private set; }

    public ILocator Best => Page.Locator("#best");

    public static async Task<ServedPage> Open(IBrowserContext context, Uri address)
    {
        var page = new ServedPage(context, await context.NewPageAsync());
        await page.Page.GotoAsync(address.ToString());
        return page;
    }

    public Task Clear() => Page.GetByRole(AriaRole.Button, new() { Name = "Clear" }).ClickAsync();

    /// <summary>Draws a line with the mouse, from point to point.</summary>
    public async Task Draw(IReadOnlyList<(double X, double Y)> stroke)
    {
        await Begin(stroke[0]);
        await GoOn(stroke.Skip(1));
        await Page.Mouse.UpAsync();
    }

    /// <summary>Puts the pen on the paper.</summary>
    public async Task Begin((double X, double Y) point)
    {
        await GoOn([point]);
        await Page.Mouse.DownAsync();
    }

    /// <summary>Moves the pen from where it is, on the paper or above it.</summary>
    public async Task GoOn(IEnumerable<(double X, double Y)> points)
    {
        LocatorBoundingBoxResult paper = (await Page.Locator("#paper").BoundingBoxAsync())!;
        foreach ((double x, double y) in points)
            await Page.Mouse.MoveAsync((float)(paper.X + (x * paper.Width)), (float)(paper.Y + (y * paper.Height)), new() { Steps = 2 });
    }

    /// <summary>Draws a line with a finger.</summary>
    public async Task Touch(IReadOnlyList<(double X, double Y)> stroke)
    {
        LocatorBoundingBoxResult paper = (await Page.Locator("#paper").BoundingBoxAsync())!;
        ICDPSession session = await context.NewCDPSessionAsync(Page);
        foreach ((int i, (double x, double y)) in stroke.Index())
        {
            var point = new { x = paper.X + (x * paper.Width), y = paper.Y + (y * paper.Height) };
            await Send(i == 0 ? "touchStart" : "touchMove", [point]);
        }

        await Send("touchEnd", []);

        Task Send(string type, object[] touchPoints) => session.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = touchPoints });
    }

    /// <summary>The page shows this class first; waits until it does.</summary>
    public Task ShouldShow(string name) => Assertions.Expect(Best).ToHaveTextAsync(name);

    /// <summary>The bars as text, and the activations as an image.</summary>
    public async Task<(string Bars, string Tiles)> Look() =>
        (await Bars(), Convert.ToHexString(await Page.Locator("#pictures").ScreenshotAsync()));

    /// <summary>Waits until the bars show something else: the page shows what it asked for when the answer comes.</summary>
    public async Task ShouldChange(string bars)
    {
        for (var waited = Stopwatch.StartNew(); await Bars() == bars; await Task.Delay(20))
            waited.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10), "the bars follow the drawing");
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private async Task<string> Bars() => string.Join('|', await Page.Locator("#bars .value").AllTextContentsAsync());

    private static bool IsPrediction(IRequest request) => request.Method == "POST";
}
