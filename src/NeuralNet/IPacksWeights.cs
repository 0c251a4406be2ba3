namespace NeuralNet;

/// <summary>A layer that is faster with weights in another order, which can be made once they change no more.</summary>
internal interface IPacksWeights
{
    /// <summary>Makes what the coming passes forward use instead of the parameters' values, with the same bits.</summary>
    void PackWeights();
}
