namespace NeuralNet.Onnx;

/// <summary>The weight of a product: for each output its inputs, one behind the other, or for each input its outputs.</summary>
/// <param name="Numbers">The numbers.</param>
/// <param name="Outputs">How many outputs.</param>
/// <param name="IsByOutput">Whether an output's inputs lie together, as in PyTorch's Linear.</param>
/// <param name="Factor">What all are multiplied by.</param>
internal sealed record WeightRows(double[] Numbers, int Outputs, bool IsByOutput, double Factor)
{
    /// <summary>The matrix <c>[in, out]</c> of an <see cref="Affine{T}"/>.</summary>
    /// <param name="order">For each of its rows, the index of the input in the file.</param>
    public Matrix<T> ToMatrix<T>(int[] order)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int inputs = order.Length;
        T[] columns = new T[Numbers.Length];
        for (int output = 0; output < Outputs; output++)
        {
            for (int input = 0; input < inputs; input++)
                columns[(output * inputs) + input] = T.CreateTruncating(Factor * Numbers[IsByOutput ? (output * inputs) + order[input] : (order[input] * Outputs) + output]);
        }

        return Matrix<T>.Build.Dense(inputs, Outputs, columns);
    }
}
