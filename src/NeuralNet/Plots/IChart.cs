namespace NeuralNet;

/// <summary>A picture of data that an <see cref="HtmlReport"/> can show.</summary>
public interface IChart
{
    /// <summary>Draws the chart.</summary>
    /// <returns>A complete SVG document without an XML declaration: one <c>svg</c> element that needs nothing from outside.</returns>
    string ToSvg();
}
