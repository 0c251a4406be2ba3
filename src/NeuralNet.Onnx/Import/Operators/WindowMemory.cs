namespace NeuralNet.Onnx;

/// <summary>What the tables of a layer with a sliding window take, from above: what a window sums over, for each way that it hangs over the border, and where it lies.</summary>
internal static class WindowMemory
{
    private const double BytesForTap = 24;
    private const double BytesForRun = 64;

    /// <summary>The bytes for a window that lies over the larger of two images, once for each place of the smaller.</summary>
    public static double Of(Size2D large, Size2D small, WindowAttributes window, int channels)
    {
        (double toSmall, double toLarge, double runsDown) = Axis(large.Height, small.Height, window.Kernel.Height, window.Stride.Height, window.HasPadding);
        (double toSmallAcross, double toLargeAcross, double runsAcross) = Axis(large.Width, small.Width, window.Kernel.Width, window.Stride.Width, window.HasPadding);
        double taps = (toSmall * toSmallAcross * channels) + (toLarge * toLargeAcross) + ((double)large.Height * window.Kernel.Height) + ((double)large.Width * window.Kernel.Width);
        double rows = (double)large.Height + small.Height;
        return (BytesForTap * taps) + (BytesForRun * rows * Math.Min(runsAcross, (double)large.Width + small.Width)) + (BytesForRun * runsDown);
    }

    // Along one side: what windows sum over in all different ways, from the one image to the other and back, and how many runs of places there are that do it in the same way.
    private static (double ToSmall, double ToLarge, double Runs) Axis(int large, int small, int kernel, int stride, bool hasPadding)
    {
        double borders = (2.0 * kernel) + stride, steps = Math.Min(small, Math.Ceiling((double)kernel / stride));
        return ((hasPadding ? Math.Min(small, borders) : 1) * Math.Min(kernel, large), Math.Min(large, borders) * steps, stride == 1 ? borders : (double)large + small);
    }
}
