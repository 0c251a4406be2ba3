namespace NeuralNet;

internal enum MissingAction
{
    Error,
    DropRow,
    Mean,
    Median,
    MostFrequent,
    Constant,
}
