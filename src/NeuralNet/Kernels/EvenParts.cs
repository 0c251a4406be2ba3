namespace NeuralNet.Kernels;

/// <summary>A length cut into parts of which none is longer than another by more than 1.</summary>
internal static class EvenParts
{
    /// <summary>Where a part begins; for the part after the last the length.</summary>
    public static int Start(int part, int parts, int length) => (int)((long)length * part / parts);
}
