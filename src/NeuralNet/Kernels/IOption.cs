namespace NeuralNet.Kernels;

/// <summary>A choice that is made once for a whole pass: each answer is a type, so that the pass is compiled without the other.</summary>
internal interface IOption
{
    static abstract bool IsOn { get; }
}

/// <summary>Yes.</summary>
internal readonly struct On : IOption
{
    public static bool IsOn => true;
}

/// <summary>No.</summary>
internal readonly struct Off : IOption
{
    public static bool IsOn => false;
}
