using System.Globalization;
using System.Xml.Linq;

namespace NeuralNet.Tests.Plots;

/// <summary>An SVG picture read back: its elements by class and their coordinates.</summary>
internal sealed class SvgDocument(string svg)
{
    private readonly XDocument document = Checked(XDocument.Parse(svg));

    public string Title => document.Root!.Elements().First(element => element.Name.LocalName == "title").Value;

    public (double Left, double Top, double Width, double Height) Plot
    {
        get
        {
            XElement plot = Of("plot").Single();
            return (Number(plot, "x"), Number(plot, "y"), Number(plot, "width"), Number(plot, "height"));
        }
    }

    public XElement[] Of(string kind) => [.. document.Descendants().Where(element => (string?)element.Attribute("class") == kind)];

    public string[] Texts(string kind) => [.. Of(kind).Select(element => element.Value)];

    /// <summary>The points of all lines of a class, counted from the plot's lower left corner.</summary>
    public (double X, double Y)[][] Lines(string kind) => [.. Of(kind).Select(line => line.Attribute("points")!.Value.Split(' ').Select(Point).ToArray())];

    /// <summary>The centres of all circles of a class, counted from the plot's lower left corner.</summary>
    public (double X, double Y)[] Circles(string kind) => [.. Of(kind).Select(circle => FromCorner(Number(circle, "cx"), Number(circle, "cy")))];

    public static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    // Whatever a picture shows, no coordinate may be without a place.
    private static XDocument Checked(XDocument document)
    {
        document.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is not "class").Select(attribute => attribute.Value)
            .Should().NotContain(value => value.Contains("NaN") || value.Contains('∞') || value.Contains("Infinity"));
        return document;
    }

    private (double X, double Y) Point(string pair)
    {
        string[] numbers = pair.Split(',');
        return FromCorner(double.Parse(numbers[0], CultureInfo.InvariantCulture), double.Parse(numbers[1], CultureInfo.InvariantCulture));
    }

    private (double X, double Y) FromCorner(double x, double y) => (Math.Round(x - Plot.Left, 2), Math.Round(Plot.Top + Plot.Height - y, 2));
}
