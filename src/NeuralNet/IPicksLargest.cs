namespace NeuralNet;

/// <summary>A layer whose outputs are each the first of its largest inputs, of some, and NaN if one of these is. All gradient goes to the one that was picked.</summary>
internal interface IPicksLargest;
