namespace NeuralNet;

/// <summary>A learning rate that changes during training: an immutable record, a function of the number of the update.</summary>
/// <remarks>
/// It counts updates, not epochs, and from 1: the rate of update 1 is the one that PyTorch's scheduler gives before its first step.
/// A schedule that also depends on a metric returns from <see cref="Observe"/> another record that has taken it in.
/// </remarks>
public interface ISchedule
{
    /// <summary>The learning rate of an update.</summary>
    /// <param name="learningRate">The rule's learning rate.</param>
    /// <param name="step">The number of the update, from 1.</param>
    /// <returns>The rate to use, at least 0.</returns>
    double RateAt(double learningRate, long step);

    /// <summary>Takes in a metric, such as the loss over the validation samples.</summary>
    /// <param name="metric">The metric.</param>
    /// <returns>The schedule from now on; itself if it depends on the step alone.</returns>
    ISchedule Observe(double metric) => this;

    /// <summary>What <see cref="Observe"/> has changed, to be saved; empty if the schedule depends on the step alone.</summary>
    IReadOnlyList<double> State => [];

    /// <summary>The schedule with a state that was saved.</summary>
    /// <param name="state">What <see cref="State"/> gave.</param>
    /// <returns>The schedule as it was then.</returns>
    /// <exception cref="ArgumentException">The state has another number of numbers, or one that cannot be.</exception>
    ISchedule WithState(IReadOnlyList<double> state)
    {
        Guard.ScheduleState(this, 0, state);
        return this;
    }
}
