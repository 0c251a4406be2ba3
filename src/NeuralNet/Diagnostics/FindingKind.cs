namespace NeuralNet;

/// <summary>What can be found wrong with a network, its data or its training.</summary>
public enum FindingKind
{
    /// <summary>The numbers that reach the first weights are far from 1.</summary>
    InputScale,

    /// <summary>A number is NaN or infinite.</summary>
    NonFinite,

    /// <summary>A label, or a target, is outside of what the loss can be given.</summary>
    TargetRange,

    /// <summary>A row of targets that should be a distribution does not sum to 1.</summary>
    TargetSum,

    /// <summary>All samples are of one class, or a class has none.</summary>
    ClassBalance,

    /// <summary>The loss does not fit what stands before it, or the targets.</summary>
    LossMismatch,

    /// <summary>All units of a layer begin with the same weights.</summary>
    Symmetry,

    /// <summary>Units that give 0 for every sample.</summary>
    DeadUnits,

    /// <summary>Sigmoid or tanh units that hardly react to their input any more.</summary>
    Saturation,

    /// <summary>The gradient gets lost on its way to the first layers.</summary>
    VanishingGradient,

    /// <summary>The gradient is far larger than the weights.</summary>
    ExplodingGradient,

    /// <summary>Updates change the weights too little.</summary>
    UpdateTooSmall,

    /// <summary>Updates change the weights too much.</summary>
    UpdateTooLarge,

    /// <summary>Parameters that no gradient reaches.</summary>
    NoGradient,

    /// <summary>Parameters that have a gradient and yet do not change.</summary>
    Unchanged,

    /// <summary>Parameters that can be changed without changing what their layer computes.</summary>
    WithoutEffect,

    /// <summary>The loss rises on the samples that are held out, while it falls on those that are learned.</summary>
    Overfitting,
}
