namespace NeuralNet;

/// <summary>A layer of layers as the library's own are: what a network does with its layers goes on into it.</summary>
internal interface IComposite<T> : ILayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The children.</summary>
    LayerList<T> Layers { get; }

    /// <summary>Offers the children's weights what the activation behind them asks for.</summary>
    /// <param name="behind">What the activation behind this composite asks for; null if nothing does.</param>
    /// <returns>What weights before this composite are asked for; null if it has weights first.</returns>
    IInitializer? OfferInitializers(IInitializer? behind);
}
