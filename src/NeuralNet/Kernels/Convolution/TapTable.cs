namespace NeuralNet.Kernels;

/// <summary>Segments and their taps, in memory that stays where it is.</summary>
internal readonly unsafe struct TapTable(Segment* segments, int segmentCount, Tap* taps, int tapCount)
{
    public readonly Segment* Segments = segments;
    public readonly int SegmentCount = segmentCount;
    public readonly Tap* Taps = taps;
    public readonly int TapCount = tapCount;
}
