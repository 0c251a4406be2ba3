namespace NeuralNet.Benchmarks;

/// <summary>One workload: everybody warms up, then samples are taken in turn, ours, another, ours, another, so that what disturbs the machine disturbs all alike.</summary>
internal sealed class Comparison
{
    private static readonly int[] ThreadCounts = [1, 2];

    private readonly Workload workload;
    private readonly IPeer[] peers;
    private readonly List<Trial> ours = [];
    private readonly List<Trial> theirs = [];
    private readonly List<Trial> ceilings = [];
    private readonly Dictionary<IPeer, string> missing = [];

    public Comparison(Workload workload, IReadOnlyList<IPeer> peers)
    {
        this.workload = workload;
        double[]? expected = null;
        foreach (int threads in ThreadCounts)
        {
            if (workload.Ours(threads) is not Contender contender)
                continue;
            double[] numbers = contender.Check();
            expected ??= numbers;
            if (!Agree(numbers, expected))
                throw new InvalidOperationException($"{workload.Name}: {threads} threads compute something else than one.");
            ours.Add(new Trial(contender));
        }

        this.peers = [.. peers.Where(peer => Enters(peer, expected))];
        if (Ceiling.IsSupported && (workload is CeilingWorkload || workload.Flops is not null))
            ceilings.AddRange(ThreadCounts.Select(threads => new Trial(new Ceiling(workload.IsDouble, threads))));
    }

    public IEnumerable<Row> Run(int repeats)
    {
        Trial[] others = [.. theirs, .. ceilings];
        foreach (Trial trial in ours.Concat(others))
            Try(trial, trial.WarmUp);
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            for (int turn = 0; turn < Math.Max(ours.Count, others.Length); turn++)
            {
                if (ours.Count > 0)
                    ours[turn % ours.Count].Sample();
                if (turn < others.Length)
                    Try(others[turn], others[turn].Sample);
            }
        }

        return workload is CeilingWorkload ? CeilingRows() : ours.SelectMany(Rows);
    }

    // Whether the peer has a part in the workload, present or missing.
    private bool Enters(IPeer peer, double[]? expected)
    {
        try
        {
            foreach (int threads in ThreadCounts)
            {
                if (peer.Enter(workload, threads) is not { } contender)
                    return false;
                double[] numbers = contender.Check();
                if (!Agree(numbers, expected!))
                    throw new PeerMissingException(FormattableString.Invariant($"it computes something else: {string.Join(' ', numbers)}; we {string.Join(' ', expected!)}"));
                theirs.Add(new Trial(contender, peer));
            }
        }
        catch (PeerMissingException e)
        {
            missing.Add(peer, e.Message);
            theirs.RemoveAll(trial => trial.Peer == peer);
        }

        return true;
    }

    // A peer that fails in the middle goes missing; the others go on.
    private void Try(Trial trial, Action action)
    {
        if (trial.Peer is not null && missing.ContainsKey(trial.Peer))
            return;
        try
        {
            action();
        }
        catch (PeerMissingException e)
        {
            missing.Add(trial.Peer!, e.Message);
        }
    }

    private bool Agree(double[] numbers, double[] expected)
    {
        double largest = expected.Max(Math.Abs);
        return numbers.Length == expected.Length && numbers.Zip(expected).All(pair => Math.Abs(pair.First - pair.Second) <= workload.Tolerance * largest);
    }

    private IEnumerable<Row> Rows(Trial our)
    {
        var contender = (ManagedContender)our.Contender;
        double microseconds = our.MedianMicroseconds;
        var row = new Row(workload.Name, contender.Threads)
        {
            OursMicroseconds = microseconds,
            Gflops = workload.Flops / microseconds / 1e3,
            CeilingGflops = ceilings.Where(ceiling => ceiling.Contender.Threads == contender.Threads).Select(Gflops).Cast<double?>().FirstOrDefault(),
            AllocatedBytesPerStep = contender.AllocatedBytesPerIteration,
        };
        return peers.Length == 0 ? [row] : peers.Select(peer => Against(row, peer));
    }

    private Row Against(Row row, IPeer peer)
    {
        row = row with { PeerName = peer.Name, PeerDescription = peer.Description };
        if (missing.TryGetValue(peer, out string? reason))
            return row with { Missing = reason };

        Trial best = theirs.Where(trial => trial.Peer == peer && (!workload.ComparesEqualThreads || trial.Contender.Threads == row.OursThreads))
            .MinBy(trial => trial.MedianMicroseconds)!;
        return row with { PeerThreads = best.Contender.Threads, PeerMicroseconds = best.MedianMicroseconds };
    }

    private IEnumerable<Row> CeilingRows() =>
        ceilings.Select(ceiling => new Row(workload.Name, ceiling.Contender.Threads) { Gflops = Gflops(ceiling), CeilingGflops = Gflops(ceiling) });

    private static double Gflops(Trial ceiling) => ((Ceiling)ceiling.Contender).Flops / ceiling.MedianMicroseconds / 1e3;
}
