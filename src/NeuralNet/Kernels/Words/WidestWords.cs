using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Kernels;

/// <summary>Something that is done with vectors of words, whatever their width: the result does not depend on it.</summary>
internal interface IOnWords
{
    void Run<W>()
        where W : struct, IWords<W>;
}

/// <summary>Chooses the width of vectors of words.</summary>
internal static class WidestWords
{
    /// <summary>On the machine's widest.</summary>
    public static void Run<TWork>(in TWork work)
        where TWork : struct, IOnWords
    {
        if (Avx512F.IsSupported)
            work.Run<Words512>();
        else if (Avx2.IsSupported)
            work.Run<Words256>();
        else if (Vector128.IsHardwareAccelerated)
            work.Run<Words128>();
        else
            work.Run<ScalarWord>();
    }
}
