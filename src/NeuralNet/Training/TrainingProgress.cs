namespace NeuralNet;

/// <summary>Where a training run stands after a step.</summary>
/// <param name="Epoch">The number of the epoch, from 1.</param>
/// <param name="Epochs">The number of epochs that the run has at most.</param>
/// <param name="Step">The number of steps done since the run began.</param>
/// <param name="BatchesDone">The number of batches done in this epoch.</param>
/// <param name="Batches">The number of batches that this epoch has.</param>
/// <param name="Loss">The mean loss of the epoch so far.</param>
/// <param name="Ended">What is known of the epoch where it has just ended; else <see langword="null"/>.</param>
public readonly record struct TrainingProgress(int Epoch, int Epochs, long Step, int BatchesDone, int Batches, double Loss, EpochRecord? Ended);
