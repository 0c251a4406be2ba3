namespace NeuralNet;

/// <summary>The samples of each class, in random order.</summary>
internal static class ClassMembers
{
    /// <summary>The indices of the samples, class by class in the order of the labels, each class in random order.</summary>
    public static List<int[]> Shuffled(ReadOnlySpan<int> labels, CounterRandom random)
    {
        List<int[]> classes = Of(labels);
        foreach (int[] members in classes)
            Permutation.Shuffle(members, random);
        return classes;
    }

    /// <summary>The indices of the samples, class by class in the order of the labels, within a class in their own order.</summary>
    public static List<int[]> Of(ReadOnlySpan<int> labels)
    {
        // Label above, index below: equal labels keep the order of their indices, which makes the result independent of how the sort works.
        var keys = new long[labels.Length];
        for (int i = 0; i < labels.Length; i++)
            keys[i] = ((long)labels[i] << 32) | (uint)i;
        Array.Sort(keys);

        var classes = new List<int[]>();
        for (int start = 0, end; start < keys.Length; start = end)
        {
            for (end = start + 1; end < keys.Length && (keys[end] >> 32) == (keys[start] >> 32);)
                end++;
            classes.Add(Array.ConvertAll(keys[start..end], key => (int)key));
        }

        return classes;
    }
}
