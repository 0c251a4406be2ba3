using System.Globalization;
using NeuralNet.Kernels;

namespace NeuralNet;

/// <summary>Fixed numbers that bring features, or targets, into a common range, <c>y = (x - offset)·factor</c>; fitted on the samples to train with, and on no others.</summary>
/// <remarks>
/// <para>
/// One offset and one factor for each feature, or for each channel: the first dimension of a sample's shape. As data, <see cref="Apply{T}(IDataset{T})"/> scales every batch of a set;
/// as a layer, <see cref="NormalizationsBuilding.Normalization{T}(NetworkBuilder{T}, Scaling)"/> puts it into the network, where it is saved with the weights and cannot be forgotten
/// when the network is used. Both give the same bits: use one of them.
/// </para>
/// <para>
/// Statistics are taken in double, in two passes, over a set's samples in order; sample weights are left out of account. A feature that is the same number in every sample
/// gets the factor 1, so it becomes 0 (with <see cref="MinMax{T}"/>, the lower end) and stays finite; with <see cref="Standardize{T}"/> also one that differs by rounding alone.
/// </para>
/// </remarks>
public sealed class Scaling
{
    private readonly double[] offsets;
    private readonly double[] factors;

    /// <summary>Creates a scaling from its numbers.</summary>
    /// <param name="offsets">What is taken off, finite, one for each feature or channel; copied.</param>
    /// <param name="factors">What is multiplied by then, finite and not 0, as many; copied.</param>
    /// <exception cref="ArgumentException">There are no numbers, not as many factors as offsets, or one is not finite or a factor is 0.</exception>
    public Scaling(ReadOnlySpan<double> offsets, ReadOnlySpan<double> factors)
    {
        Guard.Scaling(offsets, factors);
        (this.offsets, this.factors) = (offsets.ToArray(), factors.ToArray());
    }

    /// <summary>What is taken off each feature or channel.</summary>
    public ReadOnlySpan<double> Offsets => offsets;

    /// <summary>What each feature or channel is multiplied by then.</summary>
    public ReadOnlySpan<double> Factors => factors;

    /// <summary>Mean 0 and deviation 1 for every feature, <c>y = (x - mean)/deviation</c>; also called z-score, StandardScaler.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="dataset">The samples to train with. The variance is divided by their number.</param>
    /// <returns>A scaling with a number for each feature.</returns>
    /// <exception cref="ArgumentException">A feature is not finite in some sample.</exception>
    public static Scaling Standardize<T>(IDataset<T> dataset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return new ScalingFit<T>(dataset, ofTargets: false, dataset.FeatureShape.Size, "feature").ToStandard();
    }

    /// <summary>Mean 0 and deviation 1 for every channel of images, over all its pixels.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="dataset">The samples to train with, of shape (channels, height, width) or another of several dimensions, the first of which are the channels.</param>
    /// <returns>A scaling with a number for each channel.</returns>
    /// <exception cref="ArgumentException">Samples are flat, or a feature is not finite in some sample.</exception>
    public static Scaling PerChannel<T>(IDataset<T> dataset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (dataset.FeatureShape.Rank < 2)
            throw new ArgumentException($"Scaling.PerChannel expects samples of shape (channels, height, width), and {dataset} has flat ones. Use Scaling.Standardize.", nameof(dataset));
        return new ScalingFit<T>(dataset, ofTargets: false, dataset.FeatureShape[0], "channel").ToStandard();
    }

    /// <summary>Every feature from one number to another, <c>y = low + (x - min)·(high - low)/(max - min)</c>; also called normalisation, MinMaxScaler.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="dataset">The samples to train with. Others may lie outside of the range.</param>
    /// <param name="low">What the least becomes, finite; 0 by default.</param>
    /// <param name="high">What the greatest becomes, finite and greater than <paramref name="low"/>; 1 by default.</param>
    /// <returns>A scaling with a number for each feature.</returns>
    /// <exception cref="ArgumentException">A feature is not finite in some sample.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An end is not finite, or the higher is not the greater.</exception>
    public static Scaling MinMax<T>(IDataset<T> dataset, double low = 0, double high = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(dataset);
        Guard.Finite(low, nameof(low));
        Guard.InRange(high, high > low && double.IsFinite(high), string.Create(CultureInfo.InvariantCulture, $"greater than low = {low} and finite"), nameof(high));
        return new ScalingFit<T>(dataset, ofTargets: false, dataset.FeatureShape.Size, "feature").Between(low, high);
    }

    /// <summary>Mean 0 and deviation 1 for every target of a regression, so that a loss and a learning rate suit whatever unit it has. <see cref="Invert{T}"/> turns predictions back.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="dataset">The samples to train with.</param>
    /// <returns>A scaling with a number for each target.</returns>
    /// <exception cref="ArgumentException">The targets are classes, or one is not finite in some sample.</exception>
    public static Scaling StandardizeTargets<T>(IDataset<T> dataset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.TargetsAreNumbers(dataset);
        return new ScalingFit<T>(dataset, ofTargets: true, dataset.TargetShape.Size, "target").ToStandard();
    }

    /// <summary>A set with its features scaled, batch by batch as they are read; labels, weights and what changes from epoch to epoch are the other set's.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="dataset">The set; kept and not copied.</param>
    /// <returns>A view of the set.</returns>
    /// <exception cref="ArgumentException">The set has neither as many features nor as many channels as the scaling, or a number is too large for the precision.</exception>
    public IDataset<T> Apply<T>(IDataset<T> dataset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(dataset);
        Guard.Scales(this, offsets.Length, dataset.FeatureShape, nameof(dataset));
        return new ScaledDataset<T>(dataset, this, ofTargets: false);
    }

    /// <summary>A set with its targets scaled.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="dataset">The set; kept and not copied.</param>
    /// <returns>A view of the set.</returns>
    /// <exception cref="ArgumentException">The targets are classes or not as many as the scaling has numbers, or a number is too large for the precision.</exception>
    public IDataset<T> ApplyToTargets<T>(IDataset<T> dataset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.TargetsAreNumbers(dataset);
        Guard.Scales(this, offsets.Length, dataset.TargetShape, nameof(dataset));
        return new ScaledDataset<T>(dataset, this, ofTargets: true);
    }

    /// <summary>Scales samples, <c>y = (x - offset)·factor</c>.</summary>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="samples">A sample in each row; its width is a multiple of the scaling's, which then has a number for each channel.</param>
    /// <returns>A new matrix.</returns>
    /// <exception cref="ArgumentException">The width is no multiple, or a number is too large for the precision.</exception>
    public Matrix<T> Apply<T>(Matrix<T> samples)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Scales(this, offsets.Length, samples, nameof(samples));
        Matrix<T> scaled = Dense.Create<T>(samples.RowCount, samples.ColumnCount);
        samples.CopyTo(scaled);
        Apply<T>(Rounded<T>(offsets), Rounded<T>(factors), scaled);
        return scaled;
    }

    /// <summary>Takes scaled numbers back to where they came from, <c>x = y/factor + offset</c>: predictions of scaled targets, say.</summary>
    /// <remarks>Computed in double and rounded once.</remarks>
    /// <typeparam name="T">The precision: <see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="scaled">A sample in each row; its width is a multiple of the scaling's, which then has a number for each channel.</param>
    /// <returns>A new matrix.</returns>
    /// <exception cref="ArgumentException">The width is no multiple.</exception>
    public Matrix<T> Invert<T>(Matrix<T> scaled)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guard.Scales(this, offsets.Length, scaled, nameof(scaled));
        Matrix<T> numbers = Dense.Create<T>(scaled.RowCount, scaled.ColumnCount);
        scaled.CopyTo(numbers);
        int length = numbers.Values().Length / offsets.Length;
        for (int place = 0; place < offsets.Length; place++)
        {
            foreach (ref T number in numbers.Values().Slice(place * length, length))
                number = T.CreateTruncating((double.CreateTruncating(number) / factors[place]) + offsets[place]);
        }

        return numbers;
    }

    /// <summary>How many numbers it has.</summary>
    /// <returns>For example <c>Scaling(4)</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Scaling({offsets.Length})");

    /// <summary>Scales the rows of a dense matrix in place. A place's numbers, of all rows, lie one after another.</summary>
    internal static void Apply<T>(ReadOnlySpan<T> offsets, ReadOnlySpan<T> factors, Matrix<T> rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var places = new MatrixSpan<T>(rows.Values(), rows.Values().Length / offsets.Length, offsets.Length);
        ColumnNormalization.Apply(places, default, default, offsets, factors, places);
    }

    /// <summary>Numbers in the precision they are used in.</summary>
    internal static T[] Rounded<T>(ReadOnlySpan<double> numbers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var rounded = new T[numbers.Length];
        for (int i = 0; i < rounded.Length; i++)
            rounded[i] = Guard.Representable<T>(nameof(Scaling), numbers[i]);
        return rounded;
    }
}
