namespace NeuralNet.Kernels;

/// <summary>What a pooling's arithmetic depends on besides its numbers, and the plans that follow from it.</summary>
/// <param name="rows">The window along the height.</param>
/// <param name="columns">The window along the width.</param>
internal sealed class PoolShape(WindowAxis rows, WindowAxis columns)
{
    private TapPlan? toOutput;
    private TapPlan? toInput;

    public WindowAxis Rows => rows;

    public WindowAxis Columns => columns;

    /// <summary>Whether each input lies under one window at most, and no window reaches beside the image.</summary>
    public bool IsApart => IsAxisApart(rows) && IsAxisApart(columns);

    public TapPlan ToOutput => toOutput ??= TapPlan.ToOutput(rows, columns, channels: 1);

    public TapPlan ToInput => toInput ??= TapPlan.ToInput(rows, columns, channels: 1);

    private static bool IsAxisApart(WindowAxis axis) => axis.Dilation == 1 && !axis.HangsOver && (axis.Output == 1 || axis.Stride >= axis.Kernel);
}
