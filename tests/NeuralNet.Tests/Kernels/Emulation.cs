using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Tests;

/// <summary>What tests of kernels leave out where it would take too long. Every end of a vector, tile or block is tested everywhere.</summary>
internal static class Emulation
{
    /// <summary>Whether fused multiply-add is a call for each number, and so many times slower.</summary>
    public static bool IsOn => !Fma.IsSupported && !AdvSimd.IsSupported;
}
