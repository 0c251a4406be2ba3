using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>
/// Rprop: every number has a step size of its own, <c>s = s·increase</c> while its gradient keeps its sign and <c>s = s·decrease</c> when it changes,
/// <c>value = value - s·sign(g)</c>; for whole data sets rather than batches.
/// </summary>
/// <remarks>
/// As PyTorch's Rprop: a gradient that has changed its sign is taken for 0, in this step and as the previous one of the next. Step sizes begin as the learning rate
/// of the parameter's first update; the learning rates of later updates have no effect, whatever the schedule.
/// </remarks>
/// <seealso href="https://doi.org/10.1109/ICNN.1993.298623">Riedmiller and Braun (1993), A direct adaptive method for faster backpropagation learning: the RPROP algorithm.</seealso>
public sealed record Rprop : IOptimizerRule
{
    private static readonly string[] Names = ["prev", "step_size"];

    /// <summary>Creates the rule.</summary>
    /// <param name="learningRate">The step sizes to begin with, greater than 0; 0.01 by default.</param>
    /// <param name="decrease">The factor of a step size when the gradient changes its sign, in (0, 1); 0.5 by default.</param>
    /// <param name="increase">The factor of a step size while the gradient keeps its sign, greater than 1; 1.2 by default.</param>
    /// <param name="smallestStep">The smallest step size, greater than 0; 1e-6 by default.</param>
    /// <param name="largestStep">The largest step size, at least the smallest; 50 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public Rprop(double learningRate = 0.01, double decrease = 0.5, double increase = 1.2, double smallestStep = 1e-6, double largestStep = 50)
    {
        (LearningRate, Decrease, Increase, SmallestStep, LargestStep) = (learningRate, decrease, increase, smallestStep, largestStep);
        CheckSteps();
    }

    /// <inheritdoc/>
    public double LearningRate { get; init => field = Guard.Positive(value, "learningRate"); }

    /// <summary>The factor of a step size when the gradient changes its sign.</summary>
    public double Decrease { get; init => field = Guard.InRange(value, value is > 0 and < 1, "in (0, 1)", "decrease"); }

    /// <summary>The factor of a step size while the gradient keeps its sign.</summary>
    public double Increase { get; init => field = Guard.InRange(value, value > 1 && double.IsFinite(value), "greater than 1 and finite", "increase"); }

    /// <summary>The smallest step size.</summary>
    public double SmallestStep { get; init => field = Guard.Positive(value, "smallestStep"); }

    /// <summary>The largest step size.</summary>
    public double LargestStep { get; init => field = Guard.Positive(value, "largestStep"); }

    /// <inheritdoc/>
    IReadOnlyList<string> IOptimizerRule.SlotNames => Names;

    /// <inheritdoc/>
    public void Update<T>(Span<T> value, ReadOnlySpan<T> gradient, Slots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckSteps();
        (T first, T decrease, T increase) = (T.CreateTruncating(step.LearningRate), T.CreateTruncating(Decrease), T.CreateTruncating(Increase));
        var rule = new Rule<T>(first, decrease, increase, T.CreateTruncating(SmallestStep), T.CreateTruncating(LargestStep));
        ParameterUpdate.Run(rule, value, gradient, slots[0], slots[1]);
    }

    // Both can be set one after the other, so together they are checked when they are used.
    private void CheckSteps() => Guard.InRange(LargestStep, LargestStep >= SmallestStep, "at least smallestStep and finite", "largestStep");

    private readonly struct Rule<T>(T first, T decrease, T increase, T smallest, T largest) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int SlotCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<V>(ref V value, V g, ref V previous, ref V size, ref V slot2)
            where V : struct, ISimd<V, T>
        {
            V zero = V.Broadcast(T.Zero), turn = Piecewise.Sign<V, T>(g) * previous;
            V turned = V.LessThan(turn, zero);
            V factor = V.Select(turned, V.Broadcast(decrease), V.Select(V.LessThan(zero, turn), V.Broadcast(increase), V.Broadcast(T.One)));

            // A size of 0 is one that has not begun.
            size = V.Select(V.LessThan(zero, size), size, V.Broadcast(first));
            size = Piecewise.Clamp<V, T>(size * factor, V.Broadcast(smallest), V.Broadcast(largest));
            previous = V.Select(turned, zero, g);
            value -= size * Piecewise.Sign<V, T>(previous);
        }
    }
}
