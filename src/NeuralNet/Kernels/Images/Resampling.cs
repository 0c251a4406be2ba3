using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Images whose pixels come from other places of an image, between its pixels: interpolated linearly in both directions, channel by channel.</summary>
/// <remarks>Places are computed in double, whatever the precision of the image. Beyond the edge, the image goes on with its fill value.</remarks>
internal static unsafe class Resampling
{
    private const MethodImplOptions Loop = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>Every pixel from where an affine map says.</summary>
    public static void Affine<T>(ReadOnlySpan<T> image, Span<T> result, int height, int width, T fill, AffineMap map)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(result.Length == image.Length && image.Length % (height * width) == 0);
        fixed (T* source = image, destination = result)
        {
            for (nint plane = 0; plane < image.Length; plane += (nint)height * width)
                AffinePlane(source + plane, destination + plane, height, width, fill, map);
        }
    }

    /// <summary>Every pixel from a place that is displaced by a smooth random field: see <see cref="ElasticField"/>.</summary>
    public static void Elastic<T>(ReadOnlySpan<T> image, Span<T> result, int height, int width, T fill, double alpha, double sigma, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Debug.Assert(result.Length == image.Length && image.Length % (height * width) == 0);
        (nint across, nint down) = ElasticField.Draw(height, width, sigma, random);
        fixed (T* source = image, destination = result)
        {
            for (nint plane = 0; plane < image.Length; plane += (nint)height * width)
                DisplacedPlane(source + plane, destination + plane, height, width, fill, alpha, (double*)across, (double*)down);
        }
    }

    [MethodImpl(Loop)]
    private static void AffinePlane<T>(T* source, T* destination, int height, int width, T fill, AffineMap map)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double centreX = 0.5 * (width - 1), centreY = 0.5 * (height - 1);
        for (int row = 0; row < height; row++)
        {
            double y = row - centreY - map.Down;
            double rowX = centreX + (map.XY * y), rowY = centreY + (map.YY * y);
            for (int column = 0; column < width; column++)
            {
                double x = column - centreX - map.Right;
                *destination++ = At(source, height, width, fill, rowX + (map.XX * x), rowY + (map.YX * x));
            }
        }
    }

    [MethodImpl(Loop)]
    private static void DisplacedPlane<T>(T* source, T* destination, int height, int width, T fill, double alpha, double* across, double* down)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
                *destination++ = At(source, height, width, fill, column + (alpha * *across++), row + (alpha * *down++));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T At<T>(T* plane, int height, int width, T fill, double x, double y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T upperLeft, upperRight, lowerLeft, lowerRight;
        double left, top;
        if (x >= 0 && x < width - 1 && y >= 0 && y < height - 1)
        {
            (int column, int row) = (double.ConvertToIntegerNative<int>(x), double.ConvertToIntegerNative<int>(y));
            (left, top) = (column, row);
            T* four = plane + ((nint)row * width) + column;
            (upperLeft, upperRight, lowerLeft, lowerRight) = (four[0], four[1], four[width], four[width + 1]);
        }
        else if (x >= -1 && x < width && y >= -1 && y < height)
        {
            (left, top) = (Math.Floor(x), Math.Floor(y));
            (int column, int row) = ((int)left, (int)top);
            T* four = plane + ((nint)row * width) + column;
            bool isLeft = column >= 0, isRight = column < width - 1, isUpper = row >= 0, isLower = row < height - 1;
            upperLeft = isUpper && isLeft ? four[0] : fill;
            upperRight = isUpper && isRight ? four[1] : fill;
            lowerLeft = isLower && isLeft ? four[width] : fill;
            lowerRight = isLower && isRight ? four[width + 1] : fill;
        }
        else
        {
            // NaN too, which is what a place is that lies too far away for a number.
            return fill;
        }

        T shareX = T.CreateTruncating(x - left), shareY = T.CreateTruncating(y - top);
        T upper = upperLeft + (shareX * (upperRight - upperLeft)), lower = lowerLeft + (shareX * (lowerRight - lowerLeft));
        return upper + (shareY * (lower - upper));
    }
}
