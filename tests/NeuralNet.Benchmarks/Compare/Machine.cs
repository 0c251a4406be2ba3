using System.Globalization;
using System.Runtime.InteropServices;

namespace NeuralNet.Benchmarks;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    private const string ProcessorFile = "/proc/cpuinfo", LoadFile = "/proc/loadavg";

    public static string Processor => Field("model name") ?? RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>Asked of the processor, not of the runtime, whose use of it can be switched off.</summary>
    public static bool HasAvx512 => Field("flags")?.Contains(" avx512f ", StringComparison.Ordinal) ?? false;

    /// <summary>How many threads wanted to run in the last minute; null where the system does not say.</summary>
    public static double? Load => File.Exists(LoadFile) ? double.Parse(File.ReadAllText(LoadFile).Split(' ')[0], CultureInfo.InvariantCulture) : null;

    private static string? Field(string name)
    {
        if (!File.Exists(ProcessorFile))
            return null;
        string? line = File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
