using System.Globalization;
using System.Text.Json;

namespace NeuralNet.Benchmarks;

/// <summary>Rows as they come: aligned on the console, and as one JSON object to a line in a file if one is named.</summary>
internal sealed class RowWriter : IDisposable
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
    private static readonly int NameWidth = WorkloadTable.All.Max(workload => workload.Name.Length);

    private readonly StreamWriter? json;

    public RowWriter(string? jsonFile)
    {
        if (jsonFile is not null)
            json = new StreamWriter(jsonFile) { AutoFlush = true };
    }

    public static void WriteHeading()
    {
        string heading = Line("workload", "threads", "ours us", "peer", "threads", "peer us", "peer / ours", "GFLOP/s", "of ceiling", "B/step");
        Console.WriteLine(heading);
        Console.WriteLine(new string('-', heading.Length));
    }

    public void Write(Row row)
    {
        Console.WriteLine(Line(
            row.Name,
            row.OursThreads.ToString(CultureInfo.InvariantCulture),
            Number(row.OursMicroseconds, "#,0.0"),
            row.PeerName ?? string.Empty,
            row.PeerThreads?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
            row.Missing is null ? Number(row.PeerMicroseconds, "#,0.0") : "missing",
            Number(row.Ratio, "0.00"),
            Number(row.Gflops, "0.0"),
            Number(row.FractionOfCeiling, "0.00"),
            Number(row.AllocatedBytesPerStep, "#,0")) + (row.Missing is null ? string.Empty : $"  {row.Missing}"));
        json?.WriteLine(JsonSerializer.Serialize(row, Names));
    }

    public void Dispose() => json?.Dispose();

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Line(string name, string threads, string ours, string peer, string peerThreads, string theirs, string ratio, string gflops, string fraction, string bytes) =>
        $"{name.PadRight(NameWidth)} {threads,7} {ours,11}  {peer,-15} {peerThreads,7} {theirs,11} {ratio,11} {gflops,8} {fraction,10} {bytes,9}";
}
