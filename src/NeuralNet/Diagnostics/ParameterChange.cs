namespace NeuralNet;

/// <summary>What an update did to a parameter.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="ValueNorm">Its norm before.</param>
/// <param name="ChangeNorm">The norm of what was added to it.</param>
/// <param name="GradientNorm">The norm of the batch's gradient.</param>
/// <param name="LearningRate">The rate of the update.</param>
internal sealed record ParameterChange<T>(Parameter<T> Parameter, double ValueNorm, double ChangeNorm, double GradientNorm, double LearningRate)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How large the change is beside the parameter.</summary>
    public double Ratio => ChangeNorm / ValueNorm;

    /// <summary>Compares a parameter's value with what it becomes.</summary>
    public static ParameterChange<T> Between(Parameter<T> parameter, Matrix<T> before, Matrix<T> after, double gradientNorm, double learningRate) =>
        new(parameter, TensorStatistics.Of(before).Norm, TensorStatistics.Of(after - before).Norm, gradientNorm, learningRate);
}
