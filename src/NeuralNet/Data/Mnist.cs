namespace NeuralNet;

/// <summary>Reads the MNIST handwritten digits, or a data set in the same four files (Fashion-MNIST, KMNIST), from a directory.</summary>
/// <remarks>
/// The files are <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c> and <c>t10k-labels-idx1-ubyte</c>,
/// each plain or with <c>.gz</c> at its end; the plain one is taken where both exist. Nothing is downloaded.
/// </remarks>
/// <seealso href="http://yann.lecun.com/exdb/mnist/">LeCun, Cortes and Burges (1998), The MNIST database of handwritten digits.</seealso>
public static class Mnist
{
    private const int Classes = 10;

    /// <summary>Reads both sets.</summary>
    /// <remarks>Shapes: features <c>[N, 784]</c> from 0 to 1, of shape (1, 28, 28) as the files say; targets one-hot, <c>[N, 10]</c>.</remarks>
    /// <typeparam name="T">The precision of the batches: <see langword="float"/> or <see langword="double"/>; the pixels stay bytes.</typeparam>
    /// <param name="directory">The directory with the four files.</param>
    /// <returns>The 60,000 images to train with and the 10,000 to test with.</returns>
    /// <exception cref="DirectoryNotFoundException">The directory does not exist.</exception>
    /// <exception cref="FileNotFoundException">A file does not exist.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the files do not belong together.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="NotSupportedException">The precision is neither <see langword="float"/> nor <see langword="double"/>.</exception>
    public static (ImageDataset<T> Train, ImageDataset<T> Test) Load<T>(string directory)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Precision<T>();
        ArgumentException.ThrowIfNullOrEmpty(directory);
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"The MNIST directory {directory} does not exist.");

        (ImageDataset<T> train, ImageDataset<T> test) = (LoadSet<T>(directory, "train"), LoadSet<T>(directory, "t10k"));
        return train.FeatureShape == test.FeatureShape
            ? (train, test)
            : throw new InvalidDataException($"{directory}: expected images of one size, found {train.FeatureShape} to train with and {test.FeatureShape} to test with.");
    }

    private static ImageDataset<T> LoadSet<T>(string directory, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // The labels first: they are small, and most mistakes show in them.
        IdxFile labels = Read(directory, $"{name}-labels-idx1-ubyte", rank: 1);
        int[] classes = Array.ConvertAll(labels.Values, label => (int)label);
        int wrong = Array.FindIndex(classes, label => label >= Classes);
        if (wrong >= 0)
            throw new InvalidDataException($"{labels.Path}: labels must be from 0 to {Classes - 1}, found {classes[wrong]} at index {wrong}.");

        IdxFile images = Read(directory, $"{name}-images-idx3-ubyte", rank: 3);
        if (images.Shape[0] != classes.Length)
            throw new InvalidDataException($"{images.Path}: expected {classes.Length} images, one for each label of {labels.Path}, found {images.Shape[0]}.");
        return new ImageDataset<T>(new Shape(1, images.Shape[1], images.Shape[2]), images.Values, classes, Classes);
    }

    private static IdxFile Read(string directory, string name, int rank)
    {
        string path = Path.Combine(directory, name);
        if (!File.Exists(path) && !File.Exists(path += ".gz"))
            throw new FileNotFoundException($"The MNIST directory {directory} has neither {name} nor {name}.gz.", path);

        IdxFile file = Idx.ReadBytes(path);
        return file.Shape.Rank == rank
            ? file
            : throw new InvalidDataException($"{path}: expected {rank} dimensions, found {file.Shape.Rank}: {file.Shape.ToTensorString()}.");
    }
}
