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
        if (functions == null)
            throw new PeerMissingException($"{path} is {Version}, older than version {InterfaceVersion} of the interface");

        nint name = Marshal.StringToCoTaskMemUTF8("compare"), created;
        Require(((delegate* unmanaged<int, nint, nint*, nint>)functions[3])(LogErrorsOnly, name, &created));
        environment = created;
    }

    public string Version { get; }

    /// <summary>
    /// Finds the library in the npm package onnxruntime-node: in a given directory, or else in those that ONNXRUNTIME_NODE and NODE_PATH name, or in the node_modules of a folder
    /// around this program. A directory may be the package or hold it.
    /// </summary>
    /// <returns>Its path; null if it is in none of them.</returns>
    public static string? Find(string? directory = null)
    {
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        string place = $"{Path.DirectorySeparatorChar}linux{Path.DirectorySeparatorChar}{architecture}{Path.DirectorySeparatorChar}";
        return (directory is null ? Packages() : PackagesOf(directory))
            .Select(package => Path.Combine(package, "bin"))
            .Where(Directory.Exists)
            .SelectMany(bin => Directory.EnumerateFiles(bin, "libonnxruntime.so.1", SearchOption.AllDirectories))
            .FirstOrDefault(file => file.Contains(place, StringComparison.Ordinal));
    }

    /// <summary>Loads a model, to be run by that many threads.</summary>
    public nint CreateSession(string model, int threads)
    {
        nint options, session, path = Marshal.StringToCoTaskMemUTF8(model);
        try
        {
            Require(((delegate* unmanaged<nint*, nint>)functions[10])(&options));
            Require(((delegate* unmanaged<nint, int, nint>)functions[24])(options, threads));
            Require(((delegate* unmanaged<nint, nint, nint, nint*, nint>)functions[7])(environment, path, options, &session));
            Release(100, options);
            return session;
        }
        finally
        {
            Marshal.FreeCoTaskMem(path);
        }
    }

    /// <summary>A float tensor over pinned memory.</summary>
    public nint CreateTensor(float[] pinned, ReadOnlySpan<long> shape)
    {
        const int ArenaAllocator = 1, DefaultMemory = 0, FloatElements = 1;
        nint memory, tensor;
        Require(((delegate* unmanaged<int, int, nint*, nint>)functions[69])(ArenaAllocator, DefaultMemory, &memory));
        nint data = Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
        fixed (long* dimensions = shape)
        {
            Require(((delegate* unmanaged<nint, nint, nuint, long*, nuint, int, nint*, nint>)functions[49])(
                memory, data, (nuint)pinned.Length * sizeof(float), dimensions, (nuint)shape.Length, FloatElements, &tensor));
        }

        Release(94, memory);
        return tensor;
    }

    public void Run(nint session, nint inputName, nint input, nint outputName, nint output) =>
        Require(((delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint>)functions[9])(
            session, 0, &inputName, &input, 1, &outputName, 1, &output));

    public void ReleaseSession(nint session) => Release(95, session);

    public void ReleaseTensor(nint tensor) => Release(96, tensor);

    private static IEnumerable<string> Packages()
    {
        string named = string.Join(Path.PathSeparator, Environment.GetEnvironmentVariable("ONNXRUNTIME_NODE"), Environment.GetEnvironmentVariable("NODE_PATH"));
        foreach (string package in named.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).SelectMany(PackagesOf))
            yield return package;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, "node_modules", "onnxruntime-node");
    }

    private static string[] PackagesOf(string directory) => [directory, Path.Combine(directory, "onnxruntime-node"), Path.Combine(directory, "node_modules", "onnxruntime-node")];

    private void Release(int function, nint handle) => ((delegate* unmanaged<nint, void>)functions[function])(handle);

    private void Require(nint status)
    {
        if (status == 0)
            return;
        string message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)functions[2])(status)) ?? "unknown error";
        Release(93, status);
        throw new PeerMissingException(message);
    }
}
