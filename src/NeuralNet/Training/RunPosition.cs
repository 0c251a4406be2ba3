namespace NeuralNet;

/// <summary>How far a training run has come.</summary>
internal record struct RunPosition
{
    /// <summary>Whole epochs, and the batches of the epoch under way.</summary>
    public int EpochsDone, BatchesDone;

    /// <summary>The sum of the losses of that epoch's samples.</summary>
    public double LossSum;

    /// <summary>The learning rate of the latest update.</summary>
    public double LearningRate;

    /// <summary>The norm of the gradients of the epoch's last batch; 0 before it.</summary>
    public double GradientNorm;

    /// <summary>How long the run has trained.</summary>
    public double Seconds;

    /// <summary>Whether it was told to stop.</summary>
    public bool IsStopped;

    /// <summary>How many steps are done, where an epoch has so many batches.</summary>
    public readonly long StepsDone(int batchesPerEpoch) => ((long)EpochsDone * batchesPerEpoch) + BatchesDone;
}
