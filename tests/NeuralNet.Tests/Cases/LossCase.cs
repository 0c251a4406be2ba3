namespace NeuralNet.Tests;

/// <summary>A loss and all that its contract's tests need to know of it.</summary>
/// <param name="Name">The row's name, also in the golden values.</param>
/// <param name="Double">Creates it in double.</param>
/// <param name="Single">Creates it in float.</param>
/// <param name="Outputs">The number of scores of a sample that it is tested with.</param>
internal sealed record LossCase(string Name, Func<ILossLayer<double>> Double, Func<ILossLayer<float>> Single, int Outputs)
{
    /// <summary>Makes scores: rows, columns, seed.</summary>
    public Func<int, int, int, Matrix<double>> Scores { get; init; } = (rows, columns, seed) => Make.Uniform(rows, columns, seed);

    /// <summary>Makes targets: rows, columns, seed.</summary>
    public Func<int, int, int, Matrix<double>> Targets { get; init; } = Make.OneHotRows;

    /// <summary>Whether the head returns its arguments themselves.</summary>
    public bool PassesThrough { get; init; }

    public override string ToString() => Name;

    /// <summary>Not yet built, for any number of outputs.</summary>
    public ILossLayer<T> New<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float) ? (ILossLayer<T>)Single() : (ILossLayer<T>)Double();

    public ILossLayer<T> Create<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ILossLayer<T> loss = New<T>();
        loss.Build(Outputs, new CounterRandom(1));
        return loss;
    }

    public Matrix<double> Input(int rows, int seed = 3) => Scores(rows, Outputs, seed);

    public Matrix<double> Target(int rows, int seed = 4) => Targets(rows, Outputs, seed);
}
