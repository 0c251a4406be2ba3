using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Two fields of a plane, each of random numbers from -1 to 1 that are smoothed by a Gaussian; beyond the plane they are 0.</summary>
/// <remarks>
/// The Gaussian is cut off at four standard deviations and its numbers sum to 1. It smooths down the columns and then along the rows. Lanes are numbers side by side in a row,
/// each of which adds up its neighbours in order, so the width of the vectors does not matter.
/// </remarks>
internal static unsafe class ElasticField
{
    private const int Deviations = 4;

    /// <summary>Draws both fields.</summary>
    /// <returns>Where they lie, row after row: the displacement across, and that down. In the thread's shared <see cref="Workspace{T}"/> of doubles, until its next use.</returns>
    public static (nint Across, nint Down) Draw(int height, int width, double sigma, Random random)
    {
        int radius = (int)((Deviations * sigma) + 0.5), taps = (2 * radius) + 1, size = height * width, padded = width + (2 * radius);
        double* across = Workspace<double>.Shared(checked((2 * size) + ((height + (2 * radius)) * width) + (height * padded) + taps));
        double* down = across + size, drawn = down + size, smoothedDown = drawn + ((height + (2 * radius)) * width), gaussian = smoothedDown + (height * padded);
        FillGaussian(gaussian, radius, sigma);
        Smooth(across);
        Smooth(down);
        return ((nint)across, (nint)down);

        // Zeros stand around what is drawn, above and below, and then left and right, so that every sum has all its terms.
        void Smooth(double* field)
        {
            new Span<double>(drawn, (height + (2 * radius)) * width).Clear();
            new Span<double>(smoothedDown, height * padded).Clear();
            double* first = drawn + (radius * width);
            for (int i = 0; i < size; i++)
                first[i] = (2 * random.NextDouble()) - 1;
            Columns.Each<double, WeightedSums>(height, width * taps, new(drawn, width, width, smoothedDown + radius, padded, width, gaussian, taps));
            Columns.Each<double, WeightedSums>(height, width * taps, new(smoothedDown, padded, 1, field, width, width, gaussian, taps));
        }
    }

    private static void FillGaussian(double* gaussian, int radius, double sigma)
    {
        double sum = 0;
        for (int i = -radius; i <= radius; i++)
            sum += gaussian[radius + i] = Elementary.Exp(-0.5 * ((double)i * i) / (sigma * sigma));
        for (int i = 0; i <= 2 * radius; i++)
            gaussian[i] /= sum;
    }

    // A row of sums, each of weights times numbers that lie a step apart.
    private readonly struct WeightedSums(double* source, nint sourceRow, nint step, double* destination, nint destinationRow, int width, double* weights, int taps) : IColumnWork<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<V>(int row)
            where V : struct, ISimd<V, double>
        {
            double* from = source + (row * sourceRow), to = destination + (row * destinationRow);
            int column = 0;
            for (; column <= width - V.Width; column += V.Width)
            {
                V sum = V.Broadcast(0);
                for (int tap = 0; tap < taps; tap++)
                    sum = V.Fma(V.Broadcast(weights[tap]), V.Load(from + column + (tap * step)), sum);
                V.Store(to + column, sum);
            }

            if (column < width)
            {
                V sum = V.Broadcast(0);
                for (int tap = 0; tap < taps; tap++)
                    sum = V.Fma(V.Broadcast(weights[tap]), V.LoadFirst(from + column + (tap * step), width - column), sum);
                V.StoreFirst(to + column, sum, width - column);
            }
        }
    }
}
