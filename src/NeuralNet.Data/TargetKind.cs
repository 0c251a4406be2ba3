namespace NeuralNet;

/// <summary>What a network is to tell of a row.</summary>
public enum TargetKind
{
    /// <summary>Numbers, one for each target column: a regression.</summary>
    Numbers,

    /// <summary>One of several classes, one-hot, a column for each: for <see cref="SoftmaxWithLoss{T}"/>.</summary>
    Classes,

    /// <summary>One of two classes, 0 or 1 in one column: for <see cref="SigmoidWithLoss{T}"/>.</summary>
    TwoClasses,
}
