namespace NeuralNet.Tests.Plots;

public class HtmlReportTests
{
    [Fact]
    public void All_that_is_added_stands_in_its_section_in_order()
    {
        byte[] png = new ImageGrid(1, 1).Add([1.0]).ToPng();
        var page = new HtmlPage(new HtmlReport("MNIST")
            .Figures([("accuracy", "98.9 %"), ("time", "12 s")])
            .Section("Curves").Add(new LineChart("Loss", "epoch", "loss").Add("a", [2, 1])).Add(new Histogram("Weights"), "all of them").Text("That is all.")
            .Section("Network").Preformatted("\n  a\n\tb").Table(["epoch", "name"], [["1", "x"], ["20", "y"]])
            .Section("Images").Add(new ImageGrid(1, 1).Add([0.5]), "grey").Png(png, "white")
            .Details("more", report => report.Table([("rule", "Adam")]).Details("still more", inner => inner.Text("deep")))
            .ToHtml());

        page.Title.Should().Be("MNIST");
        page.Texts("h1").Should().Equal("MNIST");
        page.Figures.Should().Equal(("accuracy", "98.9 %"), ("time", "12 s"));
        page.Headings.Should().Equal("Curves", "Network", "Images");
        page.Of("a").Select(link => link.Value).Should().Equal("Curves", "Network", "Images");
        page.ChartTitles.Should().Equal("Loss", "Weights");
        page.Section("Curves").Elements().Select(element => element.Name.LocalName).Should().Equal("h2", "div", "p");
        page.Texts("figcaption").Should().Equal("all of them", "grey", "white");
        page.Texts("pre").Should().Equal("\n\n  a\n    b");
        page.Of("img").Last().Attribute("src")!.Value.Should().Be("data:image/png;base64," + Convert.ToBase64String(png));
        page.Of("img").Last().Attribute("alt")!.Value.Should().Be("white");
        page.Section("Images").Element("details")!.Element("details")!.Element("p")!.Value.Should().Be("deep");
        page.Of("td").Where(cell => cell.Attribute("class")?.Value == "number").Select(cell => cell.Value).Should().Equal("1", "20");
    }

    [Fact]
    public void Every_text_is_escaped()
    {
        const string Evil = "<script>alert(\"1\")</script> & 'x' \u0001";
        string html = new HtmlReport(Evil).Figures([(Evil, Evil)]).Section(Evil).Text(Evil).Preformatted(Evil).Table([Evil], [[Evil]]).Table([(Evil, Evil)])
            .Add(new LineChart(Evil, Evil, Evil).Add(Evil, [1])).Add(new ImageGrid(1, 1).Add([1.0], "<"), Evil).Details(Evil, report => report.Text(Evil)).Section("b").ToHtml();
        var page = new HtmlPage(html);

        string shown = Evil.Replace('\u0001', '\uFFFD');
        html.Should().NotContain("<script").And.NotContain("\u0001");
        page.Title.Should().Be(shown);
        page.Texts("summary").Concat(page.Texts("figcaption")).Concat(page.Texts("dd")).Concat(page.Texts("td")).Should().OnlyContain(text => text == shown);
        page.Of("img").Single().Attribute("alt")!.Value.Should().Be(shown);
    }

    [Fact]
    public void A_report_of_nothing_is_a_page_and_a_small_one()
    {
        string html = new HtmlReport("").Figures([]).ToHtml();

        new HtmlPage(html).Headings.Should().BeEmpty();
        html.Length.Should().BeLessThan(6000);
    }

    // What the charts are drawn with, has a counterpart on dark paper.
    [Fact]
    public void Charts_are_light_on_dark_paper_where_the_reader_wants_it()
    {
        string html = new HtmlReport("").ToHtml();

        html.Should().Contain("@media screen and (prefers-color-scheme:dark)").And.Contain("@media print");
        foreach (string color in (string[])[Palette.Paper, Palette.Ink, Palette.Muted, Palette.Frame, Palette.Grid, .. Enumerable.Range(0, 7).Select(Palette.Color)])
            html.Should().Contain($"figure svg [fill=\"{color}\"]{{fill:#").And.Contain($"figure svg [stroke=\"{color}\"]{{stroke:#");
    }

    [Fact]
    public void Wrong_arguments_are_refused_in_words()
    {
        FluentActions.Invoking(() => new HtmlReport("").Details("a", report => report.Section("b"))).Should().Throw<InvalidOperationException>()
            .WithMessage("The section \"b\" cannot begin within details: begin it behind them.");
        FluentActions.Invoking(() => new HtmlReport("").Add(new ImageGrid(1, 1), "none")).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => new HtmlReport(null!)).Should().Throw<ArgumentNullException>();
    }
}
