namespace NeuralNet;

/// <summary>How a figure of single classes becomes one figure of all; scikit-learn's <c>average</c>.</summary>
public enum Averaging
{
    /// <summary>The mean over the classes, each counting alike.</summary>
    Macro,

    /// <summary>The figure of all classes' counts added up, so that samples count alike.</summary>
    Micro,

    /// <summary>The mean over the classes, each counting as many times as it has samples.</summary>
    Weighted,
}
