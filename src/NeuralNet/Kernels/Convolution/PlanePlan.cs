using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>A sliding window over batches that do not fill a vector: lanes go on along the rows of the image, laid out as <see cref="Planes"/>, and from one row of outputs to the next.</summary>
internal sealed unsafe class PlanePlan
{
    /// <summary>Outputs of a segment: four of the widest vectors for a single image. The last takes what is left along.</summary>
    private const int SegmentLength = 64;

    /// <summary>The most numbers that are laid out: for large images one row after the other is long enough.</summary>
    private const long MostNumbers = 1 << 24;

    private readonly Tap[] taps;
    private readonly Segment[] segments;

    private PlanePlan(WindowAxis rows, WindowAxis columns, int channels)
    {
        Planes = new(rows, columns);

        // Pinned for their whole life: kernels walk along them.
        taps = GC.AllocateUninitializedArray<Tap>(channels * rows.Kernel * columns.Kernel, pinned: true);
        for (int i = 0; i < taps.Length; i++)
            taps[i] = new((i / (rows.Kernel * columns.Kernel) * Planes.ChannelPlaces) + Planes.PlaceUnder(i / columns.Kernel % rows.Kernel, i % columns.Kernel), i);
        segments = GC.AllocateUninitializedArray<Segment>(Math.Max(1, Planes.Run / SegmentLength), pinned: true);
        for (int i = 0; i < segments.Length; i++)
            segments[i] = new(i * SegmentLength, i < segments.Length - 1 ? SegmentLength : Planes.Run - (i * SegmentLength), i * SegmentLength, 1, 0, taps.Length);
    }

    public Planes Planes { get; }

    public TapTable Table => new((Segment*)Unsafe.AsPointer(ref segments[0]), segments.Length, (Tap*)Unsafe.AsPointer(ref taps[0]), taps.Length);

    /// <summary>The plan for a window; null where the planes of a single image and channel are too large.</summary>
    public static PlanePlan? Of(WindowAxis rows, WindowAxis columns, int channels) =>
        Planes.Numbers(rows, columns) <= MostNumbers ? new(rows, columns, channels) : null;

    /// <summary>Whether the planes and the wide result of a batch are small beside what a machine has.</summary>
    public bool IsWorthwhile(int samples, int inputChannels, int outputChannels) =>
        samples * (((long)inputChannels * Planes.ChannelPlaces) + ((long)outputChannels * Planes.ResultPlaces)) <= MostNumbers;
}
