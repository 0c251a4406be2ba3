namespace NeuralNet;

/// <summary>How a parameter follows its gradient: an immutable record of hyperparameters that says its formula once.</summary>
public interface IOptimizerRule
{
    /// <summary>The step size, greater than 0, used unless a schedule says otherwise.</summary>
    double LearningRate { get; }

    /// <summary>The names of what the rule remembers of each parameter between steps, as PyTorch's: <c>exp_avg</c>. Each begins as zeros of the parameter's size. They differ, and none is <c>average</c> or <c>accumulated_gradient</c>.</summary>
    IReadOnlyList<string> SlotNames { get; }

    /// <summary>Updates one parameter.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="value">The parameter, changed in place.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="slots">What the rule remembers, in the order of <see cref="SlotNames"/>, changed in place.</param>
    /// <param name="step">The step size, the number of the update, and whether the parameter decays.</param>
    void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
