namespace NeuralNet.Samples.Serve;

/// <summary>A request that cannot be answered, with the words and the status that its sender gets.</summary>
internal sealed class BadRequestException(string message, int status = StatusCodes.Status400BadRequest) : Exception(message)
{
    public int Status => status;
}
