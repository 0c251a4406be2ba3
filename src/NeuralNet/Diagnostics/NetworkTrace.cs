using System.Globalization;
using System.Text;

namespace NeuralNet;

/// <summary>A training step of a network as a table, without its update: what each layer was given, made of it, and got back.</summary>
/// <param name="BatchSize">The number of samples.</param>
/// <param name="InputShape">The shape of one sample.</param>
/// <param name="Input">The numbers of the batch.</param>
/// <param name="Layers">The layers in order but for the loss, a composite before its children.</param>
/// <param name="LossLayer">The loss, place and layer: <c>3 SoftmaxWithLoss</c>.</param>
/// <param name="Loss">The loss.</param>
/// <param name="FirstNonFinite">Where the first number that is not finite stands: in the input, a parameter, an output, the loss or, on the way back, a gradient; null if all are finite.</param>
public sealed record NetworkTrace(
    int BatchSize, Shape InputShape, TensorStatistics Input, IReadOnlyList<LayerTrace> Layers, string LossLayer, double Loss, string? FirstNonFinite)
{
    private static readonly string[] Heads = ["min", "mean", "max", "std", "norm", "zeros", "|gradient|"];

    /// <summary>
    /// The table: a line for each layer, with its shapes, the figures of its output and the norm of the gradient that reaches it; below it a line for each of its parameters, with
    /// the figures of the parameter and the norm of its gradient; at the end the loss. Children are indented.
    /// </summary>
    /// <returns>Several lines.</returns>
    public override string ToString()
    {
        var rows = new List<string[]> { (string[])["layer", "shapes", .. Heads], Row("input", $"[{BatchSize}, {InputShape}]", Input, null) };
        foreach (LayerTrace layer in Layers)
        {
            string indent = new(' ', 2 * layer.Depth);
            rows.Add(Row($"{indent}{layer.Path} {layer.Layer}", layer.Operation, layer.Output, layer.OutputGradient));
            foreach (ParameterTrace parameter in layer.Parameters)
                rows.Add(Row($"{indent}  {parameter.Name}", parameter.Shape.ToTensorString(), parameter.Value, parameter.Gradient));
        }

        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        var table = new StringBuilder();
        foreach (string[] row in rows)
        {
            // Words to the left, numbers to the right.
            table.AppendLine(string.Join("  ", row.Select((cell, column) => column < 2 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
            if (row == rows[0])
                table.AppendLine(new string('-', widths.Sum() + (2 * (widths.Length - 1))));
        }

        table.Append($"{LossLayer}: the loss is {Loss.ToString("g6", CultureInfo.InvariantCulture)}");
        return FirstNonFinite is null ? table.ToString() : table.AppendLine().Append($"The first number that is not finite: {FirstNonFinite}").ToString();
    }

    internal static NetworkTrace Of<T>(Pass<T> pass)
        where T : unmanaged, IFloatingPointIeee754<T> => new(
            pass.Input.RowCount,
            pass.Layers.Count == 0 ? pass.Input.ColumnCount : pass.Layers[0].InputShape,
            TensorStatistics.Of(pass.Input),
            [.. pass.Layers.Select(Of)],
            $"{pass.LossPath} {pass.LossLayer.Describe()}",
            pass.Loss,
            NonFinite.First(pass) is { } first ? $"{first.Where}: {first.What}" : null);

    private static LayerTrace Of<T>(LayerPass<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T> => new(
            layer.Path,
            layer.Layer.Describe().ToString(),
            layer.InputShape,
            layer.OutputShape,
            Operation(layer),
            TensorStatistics.Of(layer.Output),
            layer.OutputGradient is null ? null : TensorStatistics.Of(layer.OutputGradient),
            [.. layer.Parameters.Select(parameter => new ParameterTrace(parameter.Name, parameter.Shape, TensorStatistics.Of(parameter.Value), TensorStatistics.Of(parameter.Gradient)))]);

    // A weight that has a row for each input and a column for each output is multiplied with the batch; what other weights do, their shapes alone do not tell.
    private static string Operation<T>(LayerPass<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string input = $"[{layer.Samples}, {layer.InputShape}]", output = $" -> [{layer.Samples}, {layer.OutputShape}]";
        if (layer.Parameters is not [{ Shape.Rank: 2 } weight, ..] || weight.Value.RowCount != layer.Input.ColumnCount || weight.Value.ColumnCount != layer.Output.ColumnCount)
            return input + output;
        string added = string.Concat(layer.Parameters.Skip(1).Select(parameter => $" + {parameter.Shape.ToTensorString()}"));
        return $"{input} x {Guard.Text(weight.Value)}{added}{output}";
    }

    private static string[] Row(string name, string shapes, TensorStatistics numbers, TensorStatistics? gradient) =>
    [
        name,
        shapes,
        .. new[] { numbers.Minimum, numbers.Mean, numbers.Maximum, numbers.StandardDeviation, numbers.Norm }.Select(Number),
        numbers.ZeroShare.ToString("0.0%", CultureInfo.InvariantCulture),
        gradient is { } reached ? Number(reached.Norm) : "-",
    ];

    private static string Number(double value) => value.ToString("g3", CultureInfo.InvariantCulture);
}
