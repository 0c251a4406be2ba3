namespace NeuralNet;

/// <summary>What is known of an epoch when it has ended, or of the part of one after which training stopped.</summary>
public sealed record EpochRecord
{
    /// <summary>The number of the epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The number of steps done since the run began.</summary>
    public required long Step { get; init; }

    /// <summary>The learning rate of the last update.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The Euclidean norm of all gradients of the epoch's last batch, as the rule saw them; where gradients are accumulated and that batch made no update, as they are.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>The mean over the epoch's samples of the losses that the steps gave, each before its update.</summary>
    public required double TrainingLoss { get; init; }

    /// <summary>The loss over the validation samples after the epoch; NaN without any.</summary>
    public required double ValidationLoss { get; init; }

    /// <summary>The metrics over the validation samples after the epoch, in the order of <see cref="History.MetricNames"/>.</summary>
    public required IReadOnlyList<double> Metrics { get; init; }

    /// <summary>The seconds that all steps of the run took until the epoch's end, batches and callbacks included, validation and checkpoints not.</summary>
    public required double Seconds { get; init; }
}
