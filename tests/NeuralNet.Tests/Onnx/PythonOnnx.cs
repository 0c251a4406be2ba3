using System.ComponentModel;
using System.Diagnostics;

namespace NeuralNet.Tests;

/// <summary>The system's Python with its onnx package; tests that need it skip, visibly, where it is not.</summary>
internal static class PythonOnnx
{
    private const string Interpreter = "/usr/bin/python3";

    private static readonly Lazy<bool> Imports = new(() => File.Exists(Interpreter) && Run("-c", "import onnx").ExitCode == 0);

    public static bool IsThere => Imports.Value;

    public static (int ExitCode, string Output) Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(Interpreter, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new Win32Exception($"{Interpreter} does not start.");

        // Both are read at once: a process that waits for a full pipe never ends.
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}

/// <summary>A test by the onnx package.</summary>
internal sealed class PythonOnnxFactAttribute : FactAttribute
{
    public PythonOnnxFactAttribute()
    {
        if (!PythonOnnx.IsThere)
            Skip = "/usr/bin/python3 has no onnx (Debian: apt-get install python3-onnx).";
    }
}
