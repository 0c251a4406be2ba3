using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet;

var x = Matrix<double>.Build.DenseOfRowArrays([0.5, -1.2, 3.0], [-0.3, 0.8, 2.1]);
Console.WriteLine(GradientCheck.Layer(new Swish<double>(), x));

var network = Network.Input<double>(3).Affine(4).Add(new Swish<double>()).Affine(1).MeanSquaredError().Build(seed: 1);
Console.WriteLine(GradientCheck.Network(network, x, Matrix<double>.Build.Dense(2, 1, 0.5)));

/// <summary>y = x·σ(x), and its derivative σ(x) + y·(1 - σ(x)).</summary>
internal sealed class Swish<T> : ILayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private Matrix<T> x = null!, y = null!;

    public Matrix<T> Forward(Matrix<T> input) => y = (x = input).Map(x => x * Sigmoid(x));

    public Matrix<T> Backward(Matrix<T> outputGradient) => x.Map2((x, y) => Sigmoid(x) + (y * (T.One - Sigmoid(x))), y).PointwiseMultiply(outputGradient);

    private static T Sigmoid(T x) => T.One / (T.One + T.Exp(-x));
}
