namespace NeuralNet;

/// <summary>The operators of a loss, one for each output: created when the number of outputs is first seen.</summary>
internal sealed class OutputOperators<TOperator>(Func<int, TOperator[]> create)
    where TOperator : unmanaged
{
    private TOperator[] operators = [];

    public ReadOnlySpan<TOperator> For(int outputs) => operators.Length == outputs ? operators : operators = create(outputs);
}
