using MathNet.Numerics.LinearAlgebra;
using NeuralNet;

// XOR: a sample in each row, and its class.
var x = Matrix<float>.Build.DenseOfRowArrays([0, 0], [0, 1], [1, 0], [1, 1]);
int[] labels = [0, 1, 1, 0];

var network = Network.Input<float>(2)
    .Affine(8).Relu()
    .Affine(2).SoftmaxWithLoss()
    .Build(seed: 42);                                    // shapes are checked here, in words
Console.WriteLine(network);

var optimizer = new Optimizer<float>(network, new Adam(0.01));
for (int step = 1; step <= 500; step++)
{
    double loss = network.Step(x, labels, optimizer);    // forward, loss, backward, update
    if (step % 100 == 0)
        Console.WriteLine($"step {step}: loss {loss:0.0000}");
}

Console.WriteLine($"accuracy {network.Accuracy(x, labels):0%}");
foreach (var probabilities in network.Predict(x).EnumerateRows())
    Console.WriteLine($"P(0) = {probabilities[0]:0.000}, P(1) = {probabilities[1]:0.000}");

network.Save("xor.safetensors");                         // Network.Load<float>("xor.safetensors") gives it back
