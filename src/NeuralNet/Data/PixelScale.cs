namespace NeuralNet;

/// <summary>What a pixel is as a feature, for all 256 that there are.</summary>
internal static class PixelScale
{
    public static T[] Table<T>(double scale)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Finite(scale, nameof(scale));
        var features = new T[byte.MaxValue + 1];
        for (int pixel = 0; pixel < features.Length; pixel++)
            features[pixel] = T.CreateChecked(pixel * scale);
        return features;
    }
}
