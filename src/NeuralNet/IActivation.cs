namespace NeuralNet;

/// <summary>A layer that knows how weights which feed it should begin.</summary>
public interface IActivation
{
    /// <summary>The initializer for a weight that feeds this activation, used unless the weight's layer was given one.</summary>
    IInitializer FeedingInitializer { get; }
}
