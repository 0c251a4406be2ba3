namespace NeuralNet;

/// <summary>A layer with weights whose default initializer depends on the activation that it feeds.</summary>
public interface IWeighted
{
    /// <summary>Called by the network before Build with the initializer that the next activation asks for; a layer that was given its own ignores it.</summary>
    /// <param name="initializer">The activation's initializer.</param>
    void UseDefaultInitializer(IInitializer initializer);
}
