namespace NeuralNet;

/// <summary>An optimizer in the file of its network, where <see cref="NetworkFile"/> saved it too.</summary>
public static class OptimizerFile
{
    /// <summary>What it is called in the metadata.</summary>
    internal const string StateName = "neuralnet.optimizer";

    /// <summary>Reads into an optimizer what was saved with its network: training goes on as if it had not been interrupted, bit for bit.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="optimizer">An optimizer of the loaded network, created as the saved one was.</param>
    /// <param name="path">The file that the network was loaded from.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or its optimizer is of another rule, or remembers something else; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The optimizer's averages are in use.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void LoadState<T>(this Optimizer<T> optimizer, string path)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = SafetensorsFile.Open(path);
        ReadState(optimizer, file);
    }

    /// <summary>Reads into an optimizer what was saved with its network to a stream.</summary>
    /// <typeparam name="T">The precision.</typeparam>
    /// <param name="optimizer">An optimizer of the loaded network, created as the saved one was.</param>
    /// <param name="stream">The stream, one that can seek and holds nothing else; left open.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <exception cref="InvalidDataException">As for a file; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The optimizer's averages are in use.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static void LoadState<T>(this Optimizer<T> optimizer, Stream stream, string name = "the stream")
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        using SafetensorsFile file = SafetensorsFile.Of(stream, name);
        ReadState(optimizer, file);
    }

    private static void ReadState<T>(Optimizer<T> optimizer, SafetensorsFile file)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!file.Header.Metadata.ContainsKey(StateName))
            throw new InvalidDataException($"{file.Name} holds no optimizer: save the network with it, network.Save(path, optimizer).");
        Action restore = NetworkFile.Json(file, StateName, NetworkJson.Default.OptimizerState).For(optimizer, file.Name);
        var match = TensorMatch<T>.Of(file.Name, LiveTensor<T>.Of(optimizer), file.Tensors<T>().Where(tensor => LiveTensor<T>.IsOptimizers(tensor.Name)), ignoresOptimizer: false);
        match.Report.RequireComplete("the optimizer");
        match.Copy();
        restore();
    }
}
