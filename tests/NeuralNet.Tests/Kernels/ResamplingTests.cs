using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Resampling against plain arithmetic on an image that goes on beyond its edge.</summary>
public class ResamplingTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(7, 1)]
    [InlineData(2, 2)]
    [InlineData(9, 14)]
    public void An_affine_image_is_that_of_the_twin(int height, int width)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            AffineMap[] maps = [AffineMap.Back(0.3, 1.2, 0.1, 0.7, -1.3), AffineMap.Back(0, 1, 0, 1, -1), AffineMap.Back(3, 0.5, 0, 0, 0), AffineMap.Back(0, 1, 0, double.MaxValue, 0)];
            foreach (AffineMap map in maps)
            {
                T[] image = Make.Uniform<T>(2, height * width, seed: 1).ToRowMajorArray();
                T fill = T.CreateTruncating(0.25);
                Framed<T> result = Framed<T>.Output(image.Length);
                Resampling.Affine<T>(Framed<T>.Input(image).Values, result.Values, height, width, fill, map);
                result.ShouldHold(Twin(image, height, width, fill, map), $"{height} x {width} by {map}");
            }
        }
    }

    [Fact]
    public void A_map_goes_back_by_the_inverse()
    {
        const double Angle = 0.4, Scale = 1.7, Shear = 0.2;
        AffineMap map = AffineMap.Back(Angle, Scale, Shear, 3, 4);
        Matrix<double> forward = Scale * Make.Rows([Math.Cos(Angle), -Math.Sin(Angle)], [Math.Sin(Angle), Math.Cos(Angle)]) * Make.Rows([1, Math.Tan(Shear)], [0, 1]);

        (forward * Make.Rows([map.XX, map.XY], [map.YX, map.YY])).ShouldBeClose(Matrix<double>.Build.DenseIdentity(2), 1e-15);
        (map.Right, map.Down).Should().Be((3, 4));
    }

    [Fact]
    public void An_elastic_image_is_that_of_its_field()
    {
        const int Height = 5, Width = 6;
        float[] image = Make.Uniform<float>(1, Height * Width, seed: 1).ToRowMajorArray();
        Framed<float> result = Framed<float>.Output(image.Length);
        Resampling.Elastic<float>(Framed<float>.Input(image).Values, result.Values, Height, Width, 0.25f, alpha: 3, sigma: 1.5, new CounterRandom(1));

        (double[] across, double[] down) = ElasticFieldTests.Twin(Height, Width, 1.5, new CounterRandom(1));
        float[] expected = [.. Enumerable.Range(0, image.Length).Select(i => At(image, Height, Width, 0.25f, (i % Width) + (3 * across[i]), (i / Width) + (3 * down[i])))];
        result.ShouldHold(expected, "an elastic image");
    }

    private static T[] Twin<T>(T[] image, int height, int width, T fill, AffineMap map)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int size = height * width;
        double centreX = 0.5 * (width - 1), centreY = 0.5 * (height - 1);
        return [.. Enumerable.Range(0, image.Length).Select(i =>
        {
            double x = (i % size % width) - centreX - map.Right, y = (i % size / width) - centreY - map.Down;
            T[] plane = image[(i / size * size)..((i / size * size) + size)];
            return At(plane, height, width, fill, centreX + (map.XY * y) + (map.XX * x), centreY + (map.YY * y) + (map.YX * x));
        })];
    }

    private static T At<T>(T[] plane, int height, int width, T fill, double x, double y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double left = Math.Floor(x), top = Math.Floor(y);
        T shareX = T.CreateTruncating(x - left), shareY = T.CreateTruncating(y - top);
        if (!(left >= -1 && left < width && top >= -1 && top < height))
            return fill;
        T upper = Mix(shareX, Pixel(left, top), Pixel(left + 1, top)), lower = Mix(shareX, Pixel(left, top + 1), Pixel(left + 1, top + 1));
        return Mix(shareY, upper, lower);

        T Pixel(double column, double row) => column >= 0 && column < width && row >= 0 && row < height ? plane[((int)row * width) + (int)column] : fill;
        static T Mix(T share, T a, T b) => a + (share * (b - a));
    }
}
