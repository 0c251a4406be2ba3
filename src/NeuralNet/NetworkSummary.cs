using System.Globalization;
using System.Text;

namespace NeuralNet;

/// <summary>A network as a table for people.</summary>
internal static class NetworkSummary
{
    public static string Of<T>(LayerChain<T> chain)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var rows = new List<(string Layer, string Shape, string Count)> { ("Layer", "Output", "Parameters"), ("Input", chain.InputShape.ToString(), string.Empty) };
        AddLayers(chain.Layers, string.Empty, string.Empty);
        rows.Add(("Total", string.Empty, Number(chain.Parameters.Sum(parameter => (long)parameter.Shape.Size))));

        int layerWidth = rows.Max(row => row.Layer.Length);
        int shapeWidth = rows.Max(row => row.Shape.Length);
        int countWidth = rows.Max(row => row.Count.Length);
        string rule = new('-', layerWidth + shapeWidth + countWidth + 4);
        var table = new StringBuilder();
        for (int i = 0; i < rows.Count; i++)
        {
            if (i == 1 || i == rows.Count - 1)
                table.AppendLine(rule);
            table.AppendLine($"{rows[i].Layer.PadRight(layerWidth)}  {rows[i].Shape.PadRight(shapeWidth)}  {rows[i].Count.PadLeft(countWidth)}".TrimEnd());
        }

        return table.ToString().TrimEnd();

        // A composite's parameters are counted where they are, in the rows of its layers.
        void AddLayers(LayerList<T> layers, string path, string indent)
        {
            for (int i = 0; i < layers.All.Length; i++)
            {
                ILayer<T> layer = layers.All[i];
                var composite = layer as IComposite<T>;
                rows.Add(($"{indent}{path}{i} {layer.Describe()}", layers.OutputShapes[i].ToString(), composite is null ? Number(Count(layer)) : string.Empty));
                if (composite is not null)
                    AddLayers(composite.Layers, $"{path}{i}.", indent + "  ");
            }
        }
    }

    private static long Count<T>(ILayer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T> => layer.AllParameters().Sum(parameter => (long)parameter.Shape.Size);

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
