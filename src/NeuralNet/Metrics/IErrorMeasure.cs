namespace NeuralNet;

/// <summary>What a difference between prediction and target counts.</summary>
internal interface IErrorMeasure
{
    static abstract double Of(double difference);
}
