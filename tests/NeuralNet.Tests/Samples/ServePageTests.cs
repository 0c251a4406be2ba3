using System.Globalization;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace NeuralNet.Tests.Samples;

/// <summary>The page, used as a person uses it.</summary>
[Collection(ServedDigits.Name)]
public class ServePageTests(ServedDigits digits, Browser browser, ITestOutputHelper output) : IClassFixture<Browser>
{
    // So high that nothing is scrolled to.
    private static readonly ViewportSize Desktop = new() { Width = 1100, Height = 1500 };

    [BrowserFact]
    public async Task Digits_drawn_with_the_mouse_are_known_and_bars_and_activations_follow_the_hand()
    {
        await using ServedPage page = await browser.Open(digits.Server.Address, new() { ViewportSize = Desktop });

        await DrawAll(page, "digits", layers: 7);
    }

    [BrowserFact(needsMnist: true)]
    public async Task So_are_they_by_a_network_of_MNISTs_images()
    {
        (ImageDataset<float> train, _) = Mnist.Load<float>(SharedData.Mnist!);
        Network<float> network = Network.Input<float>(new Shape(1, 28, 28)).Convolution(16, 5).Relu().MaxPooling(2).Convolution(32, 3).Relu().MaxPooling(2).Affine(64).Relu().Affine(10).SoftmaxWithLoss().Build(seed: 1);
        var augmented = new AugmentedDataset<float>(train, [new RandomAffine(degrees: 10, shift: 2, minScale: 0.9, maxScale: 1.1)], seed: 1);
        new Trainer<float>(new Optimizer<float>(network, new Adam())).Fit(augmented, batchSize: 64, steps: 600, seed: 1);
        using var folder = new ScratchFolder();
        string model = Path.Combine(folder.FullName, "mnist.safetensors");
        network.Save(model);
        await using ServeProcess server = await ServeProcess.Start(model);
        await using ServedPage page = await browser.Open(server.Address, new() { ViewportSize = Desktop, ColorScheme = ColorScheme.Dark });

        await DrawAll(page, "mnist", layers: 10);
    }

    [BrowserFact]
    public async Task On_a_phone_it_fits_and_a_finger_draws()
    {
        await using ServedPage page = await browser.Open(digits.Server.Address, new() { ViewportSize = new() { Width = 360, Height = 740 }, HasTouch = true, IsMobile = true, ColorScheme = ColorScheme.Dark });
        await Assertions.Expect(page.Page.Locator("#bars li")).ToHaveCountAsync(10);

        // Mostly downwards, and so long that a browser that were allowed to would scroll instead.
        foreach ((double X, double Y)[] stroke in DrawnDigits.All["3"])
            await page.Touch(stroke);

        await page.ShouldShow("3");
        foreach (ILocator section in await page.Page.Locator("section:visible").AllAsync())
        {
            LocatorBoundingBoxResult box = (await section.BoundingBoxAsync())!;
            box.X.Should().BeGreaterThanOrEqualTo(0);
            (box.X + box.Width).Should().BeLessThanOrEqualTo(360);
        }

        await TakePicture(page, "phone");
        page.Complaints.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task A_network_of_anything_else_is_told_to_be_no_drawers()
    {
        using var folder = new ScratchFolder();
        string model = Path.Combine(folder.FullName, "flowers.safetensors");
        Network.Input<float>(4).Affine(3).SoftmaxWithLoss().Build(seed: 1).Save(model);
        await using ServeProcess server = await ServeProcess.Start(model);
        await using ServedPage page = await browser.Open(server.Address);

        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(
            "This page draws only grey images of 28 x 28 or 8 x 8 pixels; this network takes samples of shape 4. POST /predict answers for it.");
        await Assertions.Expect(page.Page.Locator("#paper")).ToBeHiddenAsync();
        page.Complaints.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task A_network_of_numbers_is_told_to_give_no_probabilities()
    {
        using var folder = new ScratchFolder();
        string model = Path.Combine(folder.FullName, "age.safetensors");
        Network.Input<float>(new Shape(1, 8, 8)).Affine(1).MeanSquaredError().Build(seed: 1).Save(model);
        await using ServeProcess server = await ServeProcess.Start(model);
        await using ServedPage page = await browser.Open(server.Address);

        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("this network ends in plain numbers");
        await Assertions.Expect(page.Page.Locator("#paper")).ToBeHiddenAsync();
        page.Complaints.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task After_a_server_that_does_not_answer_and_a_mistake_of_its_own_it_goes_on_asking()
    {
        await using ServedPage page = await browser.Open(digits.Server.Address, new() { ViewportSize = Desktop, BypassCSP = true });
        ILocator verdict = page.Page.Locator("#verdict");
        await page.Page.RouteAsync("**/predict*", route => route.AbortAsync());
        await Draw("7");
        await Assertions.Expect(verdict).ToHaveTextAsync("The server does not answer.");
        await page.Page.UnrouteAllAsync();
        await page.Clear();
        await page.ShouldShow("?");

        await page.Page.EvaluateAsync("window.right = toImage; toImage = () => { throw new TypeError('broken'); }; 0");
        await Draw("7");
        (await page.Page.EvaluateAsync<bool>("isAsking")).Should().BeFalse();
        await Assertions.Expect(verdict).Not.ToHaveTextAsync("The server does not answer.");
        await page.Page.EvaluateAsync("toImage = window.right; 0");
        await page.Clear();
        await Draw("7");

        await page.ShouldShow("7");

        async Task Draw(string digit)
        {
            foreach ((double X, double Y)[] stroke in DrawnDigits.All[digit])
                await page.Draw(stroke);
        }
    }

    [BrowserFact]
    public async Task However_long_a_line_is_drawn_the_page_keeps_up()
    {
        await using ServedPage page = await browser.Open(digits.Server.Address, new() { ViewportSize = Desktop, BypassCSP = true });
        (await page.Page.EvaluateAsync<int>("toImage([Array.from({ length: 200000 }, (_, i) => [0.5, i / 200000])], FORMS[64]).length")).Should().Be(64);

        // A pen that trembles by a tenth of a pixel draws the point that it stands on.
        await page.Begin((0.5, 0.5));
        await page.GoOn(Enumerable.Range(0, 20).Select(i => (0.5 + (i % 2 * 0.0003), 0.5)));
        await page.Page.Mouse.UpAsync();
        (await page.Page.EvaluateAsync<int>("strokes.flat().length")).Should().Be(1);
        page.Complaints.Should().BeEmpty();
    }

    // What the page makes of a drawing, by hand: an upright line of MNIST's is 20 high, 2.4 wide (9 or 10 quarters of a pixel) and has its centre of mass in pixel 14.
    [BrowserFact]
    public async Task A_drawing_is_brought_to_the_size_and_place_of_the_images_that_were_trained_on()
    {
        await using ServedPage page = await browser.Open(digits.Server.Address, new() { BypassCSP = true });
        double[] line = await Image("[[[0.2, 0.1], [0.2, 0.5]]]", 784);
        double[] small = await Image("[[[0.7, 0.625], [0.7, 0.825]]]", 784);
        double[] eight = await Image("[[[0.2, 0.1], [0.2, 0.5]]]", 64);
        double[] dot = await Image("[[[0.5, 0.5]]]", 784);

        line.Sum().Should().BeInRange((17.6 * 2.25) + (Math.PI * 1.44), (17.6 * 2.5) + (Math.PI * 1.44) + 0.3);
        Centre(line, 28).X.Should().BeApproximately(14, 0.1);
        Centre(line, 28).Y.Should().BeApproximately(14, 0.1);
        Enumerable.Range(0, 28).Count(row => line.Skip(row * 28).Take(28).Any(ink => ink > 0)).Should().BeInRange(20, 21);
        line.Zip(small, (a, b) => Math.Abs(a - b)).Sum().Should().BeLessThan(0.5, "the size of a drawing does not matter");
        Enumerable.Range(0, 8).Should().OnlyContain(row => eight.Skip(row * 8).Take(8).Any(ink => ink > 0), "it fills all 8 rows");
        Centre(eight, 8).X.Should().BeApproximately(3.5, 0.1);
        dot.Sum().Should().BeApproximately(Math.PI * 1.44, 0.3);

        Task<double[]> Image(string strokes, int size) => page.Page.EvaluateAsync<double[]>($"toImage({strokes}, FORMS[{size.ToString(CultureInfo.InvariantCulture)}])");
    }

    private static (double X, double Y) Centre(double[] image, int side) =>
        (image.Select((ink, i) => ink * (i % side)).Sum() / image.Sum(), image.Select((ink, i) => ink * (i / side)).Sum() / image.Sum());

    private async Task DrawAll(ServedPage page, string name, int layers)
    {
        foreach (string digit in (string[])["0", "1", "2", "3", "4", "7"])
        {
            await page.Clear();
            await page.ShouldShow("?");
            (double X, double Y)[][] strokes = DrawnDigits.All[digit];
            (double X, double Y)[] first = strokes[0];

            // Half of the first stroke, the pen still on the paper; then the rest.
            int half = first.Length / 2;
            await page.Begin(first[0]);
            await page.GoOn(first[1..(half + 1)]);
            await Assertions.Expect(page.Page.Locator("#bars .first")).ToHaveCountAsync(1);
            await Assertions.Expect(page.Page.Locator(".layer")).ToHaveCountAsync(layers);
            (string bars, string tiles) = await page.Look();
            await page.GoOn(first[(half + 1)..]);
            await page.Page.Mouse.UpAsync();
            foreach ((double X, double Y)[] stroke in strokes[1..])
                await page.Draw(stroke);

            await page.ShouldShow(digit);
            await Assertions.Expect(page.Page.Locator("#bars .first .name")).ToHaveTextAsync(digit);
            await page.ShouldChange(bars);
            (_, string tilesAtEnd) = await page.Look();
            (tilesAtEnd == tiles).Should().BeFalse("activations follow the drawing");
        }

        await TakePicture(page, name);
        page.MostAsked.Should().Be(1, "one request at a time is under way");
        page.Complaints.Should().BeEmpty();
    }

    private async Task TakePicture(ServedPage page, string name)
    {
        string path = Path.Combine(Path.GetTempPath(), $"neuralnet-page-{Environment.ProcessId}", $"{name}.png");
        await page.Page.ScreenshotAsync(new() { Path = path, FullPage = true });
        output.WriteLine($"The page: {path}");
    }
}
