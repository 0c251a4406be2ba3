using System.Globalization;
using NeuralNet.Onnx;

namespace NeuralNet.Tests;

/// <summary>Every exported file before ONNX's own checker.</summary>
public sealed class ExportCheckerTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [PythonFact("onnx")]
    public void The_checker_of_the_onnx_package_passes_every_network_and_infers_its_output()
    {
        foreach ((int i, ExportCase row) in ExportCases.All.Index())
            row.Network().SaveOnnx(Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{i:000} {row.Name.Replace('/', ' ')}.onnx")));

        PythonTool.Run("onnx", Path.Combine(AppContext.BaseDirectory, "Onnx", "check_onnx.py"), folder.FullName).Trim().Should().Be($"{ExportCases.All.Count} right");
    }
}
