namespace NeuralNet;

/// <summary>Why a training run ended.</summary>
public enum TrainingEnd
{
    /// <summary>All epochs, or all steps, were done.</summary>
    Completed,

    /// <summary>The patience of <see cref="EarlyStopping"/> ran out.</summary>
    EarlyStopped,

    /// <summary>A callback called <see cref="Trainer{T}.Stop"/>.</summary>
    Stopped,

    /// <summary>The cancellation token was set.</summary>
    Cancelled,
}
