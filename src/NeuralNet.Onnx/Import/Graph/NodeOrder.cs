namespace NeuralNet.Onnx;

/// <summary>Nodes in an order in which each stands behind those it reads from: Kahn's algorithm.</summary>
internal static class NodeOrder
{
    /// <summary>Sorts nodes, those that could come next in the order of the file.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="given">The names that are there without a node.</param>
    /// <param name="output">The name that must be there in the end.</param>
    public static GraphNode[] Sort(GraphNode[] nodes, IEnumerable<string> given, string output)
    {
        Dictionary<string, int> producers = Producers(nodes, given);
        if (!producers.ContainsKey(output))
            throw new InvalidDataException($"The graph's output {Excerpt.Quote(output)} comes from no node.");

        var readers = new List<int>?[nodes.Length];
        int[] missing = new int[nodes.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            foreach (string input in nodes[i].Inputs.Where(input => input.Length > 0))
            {
                if (!producers.TryGetValue(input, out int producer))
                    throw nodes[i].Refuse($"reads {Excerpt.Quote(input)}, which comes from nowhere");
                if (producer < 0)
                    continue;
                (readers[producer] ??= []).Add(i);
                missing[i]++;
            }
        }

        var ready = new Queue<int>(Enumerable.Range(0, nodes.Length).Where(i => missing[i] == 0));
        var sorted = new List<GraphNode>(nodes.Length);
        while (ready.TryDequeue(out int next))
        {
            sorted.Add(nodes[next]);
            foreach (int reader in readers[next] ?? [])
            {
                if (--missing[reader] == 0)
                    ready.Enqueue(reader);
            }
        }

        return sorted.Count == nodes.Length ? [.. sorted] : throw nodes[Array.FindIndex(missing, count => count > 0)].Refuse("reads, by way of others, what it makes: the graph goes in a circle");
    }

    // The node that each name comes from, -1 for what is given.
    private static Dictionary<string, int> Producers(GraphNode[] nodes, IEnumerable<string> given)
    {
        var producers = new Dictionary<string, int>();
        foreach (string name in given)
        {
            if (!producers.TryAdd(name, -1))
                throw new InvalidDataException($"Two inputs have the name {Excerpt.Quote(name)}.");
        }

        for (int i = 0; i < nodes.Length; i++)
        {
            foreach (string output in nodes[i].Outputs.Where(output => output.Length > 0))
            {
                if (!producers.TryAdd(output, i))
                    throw nodes[i].Refuse($"makes {Excerpt.Quote(output)}, a name that is taken already");
            }
        }

        return producers;
    }
}
