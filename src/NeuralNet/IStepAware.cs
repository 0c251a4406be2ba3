namespace NeuralNet;

/// <summary>A layer that behaves differently in training or draws random numbers, such as Dropout or BatchNormalization.</summary>
/// <remarks>
/// Masks and running statistics belong to the step: repeated Forwards in one step give the same mask, and statistics are committed once.
/// </remarks>
public interface IStepAware
{
    /// <summary>Tells the layer which step the coming Forwards belong to.</summary>
    /// <param name="context">Training or not, the layer's random key, the step.</param>
    void EnterStep(StepContext context);

    /// <summary>Tells the layer that the step's update is done: running statistics are committed here, once a step.</summary>
    void CommitStep()
    {
    }
}
