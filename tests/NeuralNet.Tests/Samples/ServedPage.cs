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
        LocatorBoundingBoxResult paper = (await Page.Locator("#paper").BoundingBoxAsync())!;
        await MoveTo(stroke[0], steps: 1);
        await Page.Mouse.DownAsync();
        foreach ((double X, double Y) point in stroke.Skip(1))
            await MoveTo(point, steps: 2);
        await Page.Mouse.UpAsync();

        Task MoveTo((double X, double Y) point, int steps) =>
            Page.Mouse.MoveAsync((float)(paper.X + (point.X * paper.Width)), (float)(paper.Y + (point.Y * paper.Height)), new() { Steps = steps });
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
    public Task ShouldShow(string name) => Assertions.Expect(Best).ToHaveTextAsync(name, new() { Timeout = 20_000 });

    /// <summary>The bars as text, and the activations as an image.</summary>
    public async Task<(string Bars, string Tiles)> Look() =>
        (string.Join('|', await Page.Locator("#bars .value").AllTextContentsAsync()), Convert.ToHexString(await Page.Locator("#pictures").ScreenshotAsync()));

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private static bool IsPrediction(IRequest request) => request.Method == "POST";
}
