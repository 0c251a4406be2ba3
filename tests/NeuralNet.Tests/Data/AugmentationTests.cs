using System.Text.Json;

namespace NeuralNet.Tests;

/// <summary>What augmentations do to one image: by hand, against SciPy, and in their edges.</summary>
public class AugmentationTests
{
    // The middle of every range, which is no change; and the ends of the ranges.
    private const double Middle = 0.5, Least = 0, Most = 1;

    private static readonly Shape Square = new(1, 3, 3);
    private static readonly double[] Nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];

    public static TheoryData<string> GoldenRows => [.. GoldenFile.Names("augmentations")];

    [Theory, MemberData(nameof(GoldenRows))]
    public void An_image_is_that_of_SciPy_after_the_same_draws(string name)
    {
        JsonElement row = GoldenFile.Row("augmentations", name);
        var shape = new Shape([.. row.Numbers("shape").Select(dimension => (int)dimension)]);
        JsonElement parameters = row.GetProperty("parameters");
        IImageAugmentation augmentation = name.Split(' ')[0] switch
        {
            "RandomAffine" => new RandomAffine(Parameter("degrees"), Parameter("shift"), Parameter("minScale", 1), Parameter("maxScale", 1), Parameter("shear")) { Fill = Parameter("fill") },
            "ElasticDistortion" => new ElasticDistortion(Parameter("alpha", 34), Parameter("sigma", 4)) { Fill = Parameter("fill") },
            _ => new RandomNoise(Parameter("deviation")),
        };
        double[] image = row.Numbers("image");
        ulong key = (ulong)row.Number("key");

        Rows(Apply(augmentation, image, shape, new CounterRandom(key))).ShouldBeClose(Rows(row.Numbers("result")), 1e-12, name);
        float[] single = Apply(augmentation, [.. image.Select(pixel => (float)pixel)], shape, new CounterRandom(key));
        Rows([.. single.Select(pixel => (double)pixel)]).ShouldBeClose(Rows(row.Numbers("result")), 1e-5, name + " in float");

        double Parameter(string parameter, double byDefault = 0) => parameters.TryGetProperty(parameter, out JsonElement value) ? value.GetDouble() : byDefault;
        static Matrix<double> Rows(double[] values) => Matrix<double>.Build.Dense(1, values.Length, values);
    }

    [Fact]
    public void A_quarter_turn_is_clockwise()
    {
        double[] turned = Apply(new RandomAffine(degrees: 90), Nine, Square, new GivenDraws(Most, 0, Middle, Middle, Middle));
        Matrix<double>.Build.Dense(1, 9, turned).ShouldBeClose(Matrix<double>.Build.Dense(1, 9, [7, 4, 1, 8, 5, 2, 9, 6, 3]), 1e-15);
    }

    [Fact]
    public void A_shift_by_whole_pixels_copies_them()
    {
        // Two to the right and one up.
        double[] expected = [7, 7, 4, 7, 7, 7, 7, 7, 7];
        Apply(new RandomShift(2) { Fill = 7 }, Nine, Square, new GivenDraws(2, -1)).Should().Equal(expected);
        Apply(new RandomAffine(shift: 2) { Fill = 7 }, Nine, Square, new GivenDraws(Middle, 0, Middle, Most, 0.25)).Should().Equal(expected);

        // One to the left and one down; and so far that nothing is left.
        Apply(new RandomShift(2), Nine, Square, new GivenDraws(-1, 1)).Should().Equal(0, 0, 0, 2, 3, 0, 5, 6, 0);
        Apply(new RandomShift(99), Nine, Square, new GivenDraws(0, 42)).Should().OnlyContain(pixel => pixel == 0);
        Apply(new RandomShift(99), Nine, Square, new GivenDraws(-3, 0)).Should().OnlyContain(pixel => pixel == 0);
    }

    [Fact]
    public void A_shift_by_half_a_pixel_is_the_mean_of_two() =>
        Apply(new RandomAffine(shift: 0.5), Nine, Square, new GivenDraws(Middle, 0, Middle, Least, Middle)).Should().Equal(1.5, 2.5, 1.5, 4.5, 5.5, 3, 7.5, 8.5, 4.5);

    [Fact]
    public void Twice_the_size_around_the_centre() =>
        Apply(new RandomAffine(minScale: 1, maxScale: 2), Nine, Square, new GivenDraws(Middle, Most, Middle, Middle, Middle)).Should().Equal(3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7);

    [Fact]
    public void A_slant_moves_the_rows_against_each_other() =>
        // 45 degrees: a row further down by one is a pixel further to the right, around the centre.
        Matrix<double>.Build.Dense(1, 9, Apply(new RandomAffine(shear: 45), Nine, Square, new GivenDraws(Middle, 0, Most, Middle, Middle)))
            .ShouldBeClose(Matrix<double>.Build.Dense(1, 9, [2, 3, 0, 4, 5, 6, 0, 7, 8]), 1e-15);

    [Fact]
    public void Flips_are_mirrors()
    {
        Flip(Least, Most).Should().Equal(3, 2, 1, 6, 5, 4, 9, 8, 7);
        Flip(Most, Least).Should().Equal(7, 8, 9, 4, 5, 6, 1, 2, 3);
        Flip(Least, Least).Should().Equal(9, 8, 7, 6, 5, 4, 3, 2, 1);
        Apply<double>(new RandomFlip(1, 0), [1, 2, 3, 4], new Shape(2, 1, 2), new GivenDraws(0.999, 0)).Should().Equal(2, 1, 4, 3);

        static double[] Flip(double horizontal, double vertical) => Apply(new RandomFlip(0.5, 0.5), Nine, Square, new GivenDraws(horizontal, vertical));
    }

    [Fact]
    public void Another_augmentation_happens_with_its_probability()
    {
        var apply = new RandomApply(new RandomFlip(1), 0.3);
        Apply(apply, Nine, Square, new GivenDraws(0.29, 0, 1)).Should().Equal(3, 2, 1, 6, 5, 4, 9, 8, 7);
        Apply(apply, Nine, Square, new GivenDraws(0.3)).Should().Equal(Nine);
    }

    [Fact]
    public void Without_a_change_every_bit_stays()
    {
        double[] image = [-0.0, 0, double.NaN, double.PositiveInfinity, 1e-310, -1, 2, 3, double.Epsilon];
        IImageAugmentation[] nothing = [new RandomAffine(), new RandomShift(0), new RandomFlip(0), new RandomNoise(0), new ElasticDistortion(0), new RandomApply(new RandomNoise(1), 0)];
        foreach (IImageAugmentation augmentation in nothing)
            Apply(augmentation, image, Square, new CounterRandom(1)).Select(BitConverter.DoubleToInt64Bits).Should().Equal(image.Select(BitConverter.DoubleToInt64Bits), "{0} changes nothing", augmentation);
    }

    [Fact]
    public void Wrong_arguments_are_told_in_words()
    {
        Range(() => new RandomAffine(degrees: 181), "degrees must be from 0 to 180; got 181.*");
        Range(() => new RandomAffine(shift: -1), "shift must be at least 0 and finite; got -1.*");
        Range(() => new RandomAffine(minScale: 0), "minScale must be from 0.01 to 100; got 0.*");
        Range(() => new RandomAffine(minScale: 1.5), "maxScale must be from minScale = 1.5 to 100; got 1.*");
        Range(() => new RandomAffine(shear: double.NaN), "shear must be from 0 to 80; got NaN.*");
        Range(() => new RandomAffine() { Fill = double.NaN }, "fill must be finite; got NaN.*");
        Range(() => new RandomShift(-1), "pixels must be at least 0; got -1.*");
        Range(() => new RandomFlip(1.5), "horizontal must be in [0, 1]; got 1.5.*");
        Range(() => new RandomFlip(vertical: -1), "vertical must be in [0, 1]; got -1.*");
        Range(() => new RandomNoise(-1), "deviation must be at least 0 and finite; got -1.*");
        Range(() => new RandomApply(new RandomFlip(), 2), "probability must be in [0, 1]; got 2.*");
        Range(() => new ElasticDistortion(-1), "alpha must be at least 0 and finite; got -1.*");
        Range(() => new ElasticDistortion(sigma: 0), "sigma must be from 0.1 to 100; got 0.*");
        FluentActions.Invoking(() => Apply(new RandomFlip(), Nine, 9, new CounterRandom(1))).Should().Throw<ArgumentException>()
            .WithMessage("RandomFlip expects an image of shape (channels, height, width), got 9.*");
        FluentActions.Invoking(() => Apply(new RandomFlip(), Nine, new Shape(1, 2, 4), new CounterRandom(1))).Should().Throw<ArgumentException>()
            .WithMessage("RandomFlip expects an image and a result of 1x2x4 = 8 numbers, got 9 and 9.*");

        static void Range(Func<object> create, string message) => create.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
    }

    // Into memory of NaN, which must not stay, and from an image that must.
    private static T[] Apply<T>(IImageAugmentation augmentation, T[] image, Shape shape, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var result = new T[image.Length];
        Array.Fill(result, T.NaN);
        T[] before = [.. image];
        augmentation.Apply<T>(image, result, shape, random);
        image.Should().Equal(before);
        return result;
    }
}
