using System.Text.Json.Nodes;

namespace NeuralNet.Benchmarks;

/// <summary>A Python library, in one worker process for each number of threads.</summary>
/// <param name="name">What it is called.</param>
/// <param name="library">What the worker calls it.</param>
/// <param name="python">Where Python is.</param>
/// <param name="scratch">Where files may lie.</param>
/// <param name="waitsPassively">Whether threads of OpenMP sleep while they wait. By default GNU's keep their processors busy for milliseconds, and the threads of OpenBLAS have to share those.</param>
internal sealed class WorkerPeer(string name, string library, PythonSettings python, ScratchFolder scratch, bool waitsPassively = false) : IPeer
{
    private readonly Dictionary<int, Worker> workers = [];
    private string? missing;

    public string Name => name;

    public string Description
    {
        get
        {
            try
            {
                return WorkerOf(threads: 1).Description;
            }
            catch (PeerMissingException e)
            {
                return $"missing: {e.Message}";
            }
        }
    }

    public Contender? Enter(Workload workload, int threads)
    {
        if (workload.Request(scratch) is not { } request)
            return null;
        Worker worker = WorkerOf(threads);
        worker.Prepare(request);
        return new WorkerContender(worker, threads);
    }

    /// <summary>Writes a network as an ONNX model.</summary>
    public void Export(JsonObject request, string path)
    {
        request["model"] = path;
        WorkerOf(threads: 1).Export(request);
    }

    public void Dispose()
    {
        foreach (Worker worker in workers.Values)
            worker.Dispose();
    }

    private Worker WorkerOf(int threads)
    {
        if (missing is not null)
            throw new PeerMissingException(missing);
        try
        {
            if (!workers.TryGetValue(threads, out Worker? worker))
                workers.Add(threads, worker = new Worker(python, library, threads, waitsPassively));
            return worker;
        }
        catch (PeerMissingException e)
        {
            missing = e.Message;
            throw;
        }
    }

    private sealed class WorkerContender(Worker worker, int threads) : Contender(threads)
    {
        public override double[] Check() => worker.Check();

        public override double Run(long iterations) => worker.Run(iterations);
    }
}
