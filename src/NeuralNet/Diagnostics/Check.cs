using System.Globalization;

namespace NeuralNet;

/// <summary>One thing that can be wrong: how it is measured, from where on it is a finding, and what is said then.</summary>
internal abstract class Check<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>All checks, causes before their consequences.</summary>
    public static IReadOnlyList<Check<T>> All { get; } =
    [
        new NonFiniteCheck<T>(),
        new InputScaleCheck<T>(),
        new TargetCheck<T>(),
        new ClassBalanceCheck<T>(),
        new LossMismatchCheck<T>(),
        new SymmetryCheck<T>(),
        new DeadUnitsCheck<T>(),
        new SaturationCheck<T>(),
        new NoGradientCheck<T>(),
        new VanishingGradientCheck<T>(),
        new ExplodingGradientCheck<T>(),
        new UnchangedCheck<T>(),
        new UpdateSizeCheck<T>(),
        new OverfittingCheck<T>(),

        // The last, because it runs layers again and so overwrites what a pass has left in their buffers.
        new WithoutEffectCheck<T>(),
    ];

    /// <summary>Looks at the evidence.</summary>
    public abstract IEnumerable<Finding> Examine(Evidence<T> evidence);

    /// <summary>A figure for people.</summary>
    protected static string Text(double value) => value.ToString("g3", CultureInfo.InvariantCulture);

    /// <summary>A share for people.</summary>
    protected static string Percent(double share) => share.ToString("0.#%", CultureInfo.InvariantCulture);

    /// <summary>What updates should move: a matrix of weights. Biases and the parameters of normalisations begin at 0 or 1 and say little about scale.</summary>
    protected static bool IsWeight(Parameter<T> parameter) => parameter.Shape.Rank >= 2;

    protected static double Norm(Matrix<T> matrix) => TensorStatistics.Of(matrix).Norm;
}
