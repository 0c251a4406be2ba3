namespace NeuralNet;

/// <summary>What became of a tensor of a weights file, or of a parameter or state of the network.</summary>
public enum WeightStatus
{
    /// <summary>The tensor was loaded into the network.</summary>
    Loaded,

    /// <summary>The names belong together and the shapes differ.</summary>
    Mismatched,

    /// <summary>The network has it and the file does not.</summary>
    Missing,

    /// <summary>The file has it and the network does not.</summary>
    Unused,

    /// <summary>The file has it, and it was left out on purpose: by the map, or because no network of this library needs it.</summary>
    Ignored,
}
