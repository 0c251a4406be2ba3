namespace NeuralNet.Tests;

/// <summary>A generator that draws what it is given, in order.</summary>
internal sealed class GivenDraws(params double[] draws) : Random
{
    private int next;

    public override double NextDouble() => draws[next++];

    public override int Next(int minValue, int maxValue) => (int)draws[next++];
}
