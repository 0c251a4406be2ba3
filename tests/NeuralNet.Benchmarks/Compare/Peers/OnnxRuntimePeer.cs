using System.Text.Json.Nodes;

namespace NeuralNet.Benchmarks;

/// <summary>
/// ONNX Runtime, called in this process through its C interface with tensors over memory that is bound once, so that a run costs what the library costs and no wrapper's
/// overhead. PyTorch writes the model.
/// </summary>
internal sealed class OnnxRuntimePeer(string? directory, WorkerPeer exporter, ScratchFolder scratch) : IPeer
{
    private readonly Stack<IDisposable> opened = new();
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

    private OnnxRuntimeLibrary Library => library ??= new OnnxRuntimeLibrary(OnnxRuntimeLibrary.Find(directory) ?? throw new PeerMissingException("onnxruntime-node was not found (see --onnxruntime)"));

    public Contender? Enter(Workload workload, int threads)
    {
        if (workload is not InferenceWorkload { Shape: NetworkShape shape })
            return null;
        OnnxRuntimeLibrary found = Library;
        var session = new OnnxRuntimeSession(found, Model(workload), "x", "y", threads);
        opened.Push(session);
        OnnxRuntimeBinding binding = session.Bind([shape.Batch, shape.Input.Size], [shape.Batch, shape.Classes]);
        opened.Push(binding);
        return new OnnxRuntimeContender(binding, shape, threads);
    }

    public void Dispose()
    {
        while (opened.TryPop(out IDisposable? last))
            last.Dispose();
    }

    private string Model(Workload workload)
    {
        JsonObject request = workload.Request(scratch)!;
        try
        {
            return scratch.File($"{workload.Name}.onnx", path => exporter.Export(request, path));
        }
        catch (PeerMissingException e)
        {
            throw new PeerMissingException($"the model could not be written by {exporter.Name}: {e.Message}");
        }
    }

    private sealed class OnnxRuntimeContender(OnnxRuntimeBinding binding, NetworkShape shape, int threads) : ManagedContender(threads)
    {
        public override double[] Check()
        {
            // Its tensors lie row after row.
            shape.Samples<float>().ToRowMajorArray().CopyTo(binding.Input);
            binding.Run();
            return InferenceWorkload.Probe(binding.Output.AsSpan(0, shape.Classes).ToArray());
        }

        protected override void Iterate(long iterations)
        {
            for (long i = 0; i < iterations; i++)
                binding.Run();
        }
    }
}
