using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NeuralNet.Tests.Plots;

/// <summary>A report read back; that every tag is closed and that nothing comes from outside is checked for each one.</summary>
internal sealed partial class HtmlPage
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private readonly XElement root;

    public HtmlPage(string html)
    {
        html.Should().StartWith("<!DOCTYPE html>\n<html lang=\"en\">").And.EndWith("</html>\n");

        // What HTML leaves open by its rules, closed: the rest must then be well-formed.
        root = XDocument.Parse(OpenElements().Replace(html, "<$1$2/>")).Root!;
        html.Replace(Svg.NamespaceName, "").Should().NotContainAny("http:", "https:", "<script", "<link", "@import", "url(", "NaN\"");
        root.Descendants().Attributes("src").Should().NotContain(source => !source.Value.StartsWith("data:image/png;base64,"));
        root.Descendants().Attributes("href").Should().NotContain(link => !root.Descendants().Attributes("id").Any(id => "#" + id.Value == link.Value));
        root.Descendants().Attributes("id").Select(id => id.Value).Should().OnlyHaveUniqueItems();
        foreach (XElement picture in root.Descendants(Svg + "svg"))
            _ = new SvgDocument(picture.ToString());
    }

    public string Title => root.Descendants("title").First().Value;

    public string[] Headings => Texts("h2");

    public (string Name, string Value)[] Figures => [.. Texts("dt").Zip(Texts("dd"))];

    public string[] ChartTitles => [.. root.Descendants(Svg + "svg").Select(picture => picture.Element(Svg + "title")!.Value)];

    public IEnumerable<XElement> Of(string name) => root.Descendants(name);

    public XElement Section(string heading) => root.Descendants("section").Single(section => section.Element("h2")!.Value == heading);

    public SvgDocument Chart(int index) => new(root.Descendants(Svg + "svg").ElementAt(index).ToString());

    public string[] Texts(string name) => [.. root.Descendants(name).Select(element => element.Value)];

    [GeneratedRegex("<(meta|img)([^>]*)>")]
    private static partial Regex OpenElements();
}
