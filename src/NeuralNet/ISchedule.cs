namespace NeuralNet;

/// <summary>A learning rate that changes during training: a function of the step alone.</summary>
public interface ISchedule
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="learningRate">The rule's learning rate.</param>
    /// <param name="step">The number of the update, from 1.</param>
    /// <returns>The rate to use, at least 0.</returns>
    double RateAt(double learningRate, long step);
}
