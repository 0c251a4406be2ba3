namespace NeuralNet;

/// <summary>One tensor in a safetensors header.</summary>
/// <param name="Name">The name.</param>
/// <param name="DataType">The format's word for the type of the numbers: <c>F32</c>, <c>F64</c>, <c>U8</c> ...</param>
/// <param name="Shape">The dimensions; none for a scalar.</param>
/// <param name="Start">Where its bytes begin, counted from the end of the header.</param>
/// <param name="Length">The number of its bytes.</param>
internal sealed record SafetensorsEntry(string Name, string DataType, IReadOnlyList<long> Shape, long Start, long Length)
{
    public long End => Start + Length;

    public override string ToString() => $"tensor '{Guard.Excerpt(Name)}' {Guard.Excerpt(DataType)} [{Guard.Excerpt(string.Join(", ", Shape))}]";
}
