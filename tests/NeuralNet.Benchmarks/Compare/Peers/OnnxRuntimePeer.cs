using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace NeuralNet.Benchmarks;

/// <summary>
/// ONNX Runtime, called in this process through its C interface with tensors over memory that is bound once, so that a run costs what the library costs and no wrapper's
/// overhead. PyTorch writes the model.
/// </summary>
internal sealed class OnnxRuntimePeer(string? directory, WorkerPeer exporter, ScratchFolder scratch) : IPeer
{
    private OnnxRuntimeLibrary? library;

    public string Name => "ONNX Runtime";

    public string Description
    {
        get
        {
            try
            {
                return $"{Library.Version}, in this process";
            }
            catch (PeerMissingException e)
            {
                return $"missing: {e.Message}";
            }
        }
    }

    private OnnxRuntimeLibrary Library => library ??= new OnnxRuntimeLibrary(FindLibrary());

    public bool Takes(Workload workload) => workload is InferenceWorkload;

    public Contender Enter(Workload workload, int threads)
    {
        OnnxRuntimeLibrary found = Library;
        NetworkShape shape = ((InferenceWorkload)workload).Shape;
        JsonObject request = workload.Request(scratch)!;
        try
        {
            string model = scratch.File($"{workload.Name}.onnx", path => exporter.Export(request, path));
            return new OnnxRuntimeContender(new OnnxRuntimeSession(found, model, shape.Batch, shape.Input.Size, shape.Classes, threads), shape, threads);
        }
        catch (PeerMissingException e)
        {
            throw new PeerMissingException($"the model could not be written by {exporter.Name}: {e.Message}");
        }
    }

    public void Dispose()
    {
    }

    private string FindLibrary()
    {
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        string place = $"{Path.DirectorySeparatorChar}linux{Path.DirectorySeparatorChar}{architecture}{Path.DirectorySeparatorChar}";
        return (directory ?? Environment.GetEnvironmentVariable("NODE_PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(root => (string[])[root, Path.Combine(root, "onnxruntime-node"), Path.Combine(root, "node_modules", "onnxruntime-node")])
            .Select(package => Path.Combine(package, "bin"))
            .Where(Directory.Exists)
            .SelectMany(bin => Directory.EnumerateFiles(bin, "libonnxruntime.so.1", SearchOption.AllDirectories))
            .FirstOrDefault(file => file.Contains(place, StringComparison.Ordinal))
            ?? throw new PeerMissingException("onnxruntime-node was not found (see --onnxruntime)");
    }

    private sealed class OnnxRuntimeContender(OnnxRuntimeSession session, NetworkShape shape, int threads) : ManagedContender(threads)
    {
        public override double[] Check()
        {
            // Its tensors lie row after row.
            shape.Samples<float>().ToRowMajorArray().CopyTo(session.Input);
            session.Run();
            return InferenceWorkload.Probe(session.Output.AsSpan(0, shape.Classes).ToArray());
        }

        protected override void Iterate(long iterations)
        {
            for (long i = 0; i < iterations; i++)
                session.Run();
        }
    }
}
