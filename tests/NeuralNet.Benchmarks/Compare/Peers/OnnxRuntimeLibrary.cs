using System.Runtime.InteropServices;

namespace NeuralNet.Benchmarks;

/// <summary>The functions of ONNX Runtime's C interface that a run needs, by their places in its table; the places are fixed for good.</summary>
internal sealed unsafe class OnnxRuntimeLibrary
{
    private const uint InterfaceVersion = 17;
    private const int LogErrorsOnly = 3;

    private readonly nint* functions;
    private readonly nint environment;

    public OnnxRuntimeLibrary(string path)
    {
        if (!NativeLibrary.TryLoad(path, out nint library))
            throw new PeerMissingException($"{path} does not load");
        var tables = (nint*)((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "OrtGetApiBase"))();
        functions = (nint*)((delegate* unmanaged<uint, nint>)tables[0])(InterfaceVersion);
        Version = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)tables[1])()) ?? "unknown version";

        nint name = Marshal.StringToCoTaskMemUTF8("compare"), created;
        Require(((delegate* unmanaged<int, nint, nint*, nint>)functions[3])(LogErrorsOnly, name, &created));
        environment = created;
    }

    public string Version { get; }

    /// <summary>Loads a model, to be run by that many threads. It stays loaded until the process ends.</summary>
    public nint CreateSession(string model, int threads)
    {
        nint options, session, path = Marshal.StringToCoTaskMemUTF8(model);
        Require(((delegate* unmanaged<nint*, nint>)functions[10])(&options));
        Require(((delegate* unmanaged<nint, int, nint>)functions[24])(options, threads));
        Require(((delegate* unmanaged<nint, nint, nint, nint*, nint>)functions[7])(environment, path, options, &session));
        return session;
    }

    /// <summary>A float tensor over pinned memory.</summary>
    public nint CreateTensor(float[] pinned, long rows, long columns)
    {
        const int ArenaAllocator = 1, DefaultMemory = 0, FloatElements = 1;
        nint memory, tensor;
        long* shape = stackalloc long[] { rows, columns };
        Require(((delegate* unmanaged<int, int, nint*, nint>)functions[69])(ArenaAllocator, DefaultMemory, &memory));
        nint data = Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
        Require(((delegate* unmanaged<nint, nint, nuint, long*, nuint, int, nint*, nint>)functions[49])(
            memory, data, (nuint)pinned.Length * sizeof(float), shape, 2, FloatElements, &tensor));
        return tensor;
    }

    public void Run(nint session, nint inputName, nint input, nint outputName, nint output) =>
        Require(((delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint>)functions[9])(
            session, 0, &inputName, &input, 1, &outputName, 1, &output));

    private void Require(nint status)
    {
        if (status != 0)
            throw new PeerMissingException(Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)functions[2])(status)) ?? "unknown error");
    }
}
