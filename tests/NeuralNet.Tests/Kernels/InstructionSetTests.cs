using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Tests;

/// <summary>The variables that <see cref="KernelsWithoutInstructionsTests"/> sets do what it sets them for; one with an unknown name is ignored without a word.</summary>
public class InstructionSetTests
{
    [Fact]
    public void Instructions_that_are_turned_off_are_off()
    {
        if (IsOff("DOTNET_EnableAVX512"))
            Vector512.IsHardwareAccelerated.Should().BeFalse();
        if (IsOff("DOTNET_EnableAVX2"))
            (Vector256.IsHardwareAccelerated || Fma.IsSupported).Should().BeFalse();
        if (IsOff("DOTNET_EnableHWIntrinsic"))
            Vector128.IsHardwareAccelerated.Should().BeFalse();

        static bool IsOff(string variable) => Environment.GetEnvironmentVariable(variable) == "0";
    }
}
