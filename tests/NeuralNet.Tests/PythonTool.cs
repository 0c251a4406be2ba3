using System.Diagnostics;

namespace NeuralNet.Tests;

/// <summary>A Python with the packages that a check by another's code needs; tests that need it skip, visibly, where there is none.</summary>
internal static class PythonTool
{
    private static readonly Dictionary<string, string?> Found = [];

    /// <summary>A Python that has a package; null if there is none.</summary>
    public static string? With(string package)
    {
        lock (Found)
        {
            if (!Found.TryGetValue(package, out string? python))
                Found[package] = python = ((string[])["/usr/bin/python3", "python3"]).FirstOrDefault(candidate => Has(candidate, package));
            return python;
        }
    }

    /// <summary>Runs a script to its end and returns what it prints.</summary>
    public static string Run(string package, params string[] arguments)
    {
        (int exitCode, string output, string errors) = Start(With(package)!, arguments);
        exitCode.Should().Be(0, output + errors);
        return output;
    }

    private static bool Has(string python, string package)
    {
        try
        {
            return Start(python, "-c", $"import {package}").ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static (int ExitCode, string Output, string Errors) Start(string python, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return (process.ExitCode, output.Result, errors.Result);
    }
}

/// <summary>A test that runs a script of a Python that has a package.</summary>
internal sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute(string package)
    {
        if (PythonTool.With(package) is null)
            Skip = $"No Python with the package {package} was found (Debian: apt-get install python3-{package}).";
    }
}
