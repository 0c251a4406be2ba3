namespace NeuralNet;

/// <summary>What every normalisation learns: a factor and a summand, at first 1 and 0.</summary>
internal static class NormalizationParameters
{
    /// <summary>The weight and the bias, without weight decay; null where there are none.</summary>
    public static (Parameter<T>? Weight, Parameter<T>? Bias) Create<T>(bool affine, Shape shape)
        where T : unmanaged, IFloatingPointIeee754<T> => affine
        ? (new("weight", shape, Dense.CreateStored(1, shape.Size, T.One), decays: false), new("bias", shape, Dense.CreateStored<T>(1, shape.Size), decays: false))
        : (null, null);
}
