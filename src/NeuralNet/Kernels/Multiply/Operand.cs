namespace NeuralNet.Kernels;

/// <summary>A factor of a product, in memory that stays where it is: element (line, k) lies at <c>line · LineStep + k · DepthStep</c>. A line is a row of the left factor or a column of the right.</summary>
internal readonly unsafe struct Operand<T>(T* values, nint lineStep, nint depthStep)
    where T : unmanaged
{
    public readonly T* Values = values;
    public readonly nint LineStep = lineStep;
    public readonly nint DepthStep = depthStep;

    /// <summary>The same from another line and k on.</summary>
    public Operand<T> From(int line, int depth) => new(Values + (line * LineStep) + (depth * DepthStep), LineStep, DepthStep);
}
