namespace NeuralNet;

/// <summary>A name in the legend and how to draw its symbol, given the symbol's left end and its middle height.</summary>
internal sealed record LegendEntry(string Name, Action<SvgWriter, double, double> Symbol)
{
    public const double SymbolWidth = 24;
}
