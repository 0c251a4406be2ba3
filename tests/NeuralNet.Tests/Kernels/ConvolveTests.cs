using System.Globalization;
using NeuralNet.Kernels;

namespace NeuralNet.Tests;

/// <summary>Convolutions against their scalar twins, to the bit.</summary>
public class ConvolveTests
{
    // Channels in and out, groups; height, kernel height, stride, dilation, padding before and after; width and the same.
    public static TheoryData<string> Shapes => new()
    {
        "1 1 1 | 1 1 1 1 0 0 | 1 1 1 1 0 0",
        "40 3 1 | 4 3 1 1 1 1 | 3 3 1 1 1 1",
        "1 30 1 | 9 5 1 1 0 0 | 11 5 1 1 0 0",
        "3 7 1 | 6 3 1 1 1 1 | 7 3 1 1 1 1",
        "15 17 1 | 5 3 1 1 2 2 | 4 3 1 1 2 2",
        "2 66 1 | 7 3 2 1 1 1 | 8 2 2 1 0 1",
        "4 6 2 | 9 3 1 2 2 2 | 10 3 3 2 1 0",
        "5 5 5 | 6 3 1 1 1 1 | 6 3 1 1 1 1",
        "4 8 4 | 6 2 2 1 0 0 | 5 3 1 1 2 3",
        "2 3 1 | 3 1 3 1 0 0 | 8 1 2 1 0 0",
        "1 2 1 | 2 2 1 1 4 4 | 2 2 1 1 5 4",
        "2 2 1 | 4 4 1 1 0 0 | 5 5 1 1 0 0",
    };

    [Theory, MemberData(nameof(Shapes))]
    public void All_three_products_have_the_bits_of_their_scalar_twins(string shape)
    {
        foreach (int samples in (int[])[1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 33, 63, 65, 100])
        {
            new ConvolutionCase<float>(Shape(shape), samples).Check();
            new ConvolutionCase<double>(Shape(shape), samples).Check();
        }
    }

    // Channels enough for Winograd's way: tiles that are whole, that hang over the image on every side, that lie beside it; groups; more output channels than are done at once.
    public static TheoryData<string> TiledShapes => new()
    {
        "16 16 1 | 6 3 1 1 0 0 | 8 3 1 1 0 0",
        "17 19 1 | 5 3 1 1 1 1 | 6 3 1 1 1 1",
        "32 34 2 | 4 3 1 1 2 2 | 5 3 1 1 2 1",
        "16 16 1 | 2 3 1 1 4 5 | 3 3 1 1 3 4",
        "16 90 1 | 6 3 1 1 0 0 | 7 3 1 1 0 0",
        "16 16 1 | 4 3 1 1 1 1 | 140 3 1 1 1 1",
    };

    // The same with outputs enough for large tiles.
    public static TheoryData<string> LargeTiledShapes => new()
    {
        "16 16 1 | 14 3 1 1 0 0 | 15 3 1 1 1 0",
        "17 19 1 | 12 3 1 1 1 1 | 16 3 1 1 1 1",
        "32 32 2 | 12 3 1 1 1 2 | 11 3 1 1 2 1",
        "16 16 1 | 5 3 1 1 4 5 | 7 3 1 1 5 4",
        "16 18 1 | 14 3 1 1 0 0 | 14 3 1 1 0 0",
        "16 16 1 | 12 3 1 1 1 1 | 37 3 1 1 1 1",
    };

    [Theory, MemberData(nameof(TiledShapes))]
    public void Winograds_products_have_the_bits_of_their_scalar_twins(string shape)
    {
        Shape(shape).Tile.Should().Be(TileSize.Small);
        foreach (int samples in (int[])[1, 2, 7, 16, 19])
        {
            new ConvolutionCase<float>(Shape(shape), samples).Check();
            new ConvolutionCase<double>(Shape(shape), samples).Check();
        }
    }

    [Theory, MemberData(nameof(LargeTiledShapes))]
    public void Winograds_products_by_large_tiles_have_the_bits_of_their_scalar_twins(string shape)
    {
        Shape(shape).Tile.Should().Be(TileSize.Large);
        foreach (int samples in (int[])[1, 2, 17])
        {
            new ConvolutionCase<float>(Shape(shape), samples).Check();
            new ConvolutionCase<double>(Shape(shape), samples).Check();
        }
    }

    [Theory]
    [InlineData(12, 12, true)]
    [InlineData(12, 11, false)]
    [InlineData(14, 14, false)]
    [InlineData(16, 14, true)]
    [InlineData(26, 26, true)]
    public void Tiles_are_large_where_they_save_a_third_of_the_multiplications_by_small_ones(int height, int width, bool areLarge) =>
        Shape($"16 16 1 | {height} 3 1 1 1 1 | {width} 3 1 1 1 1").Tile.Should().Be(areLarge ? TileSize.Large : TileSize.Small);

    // More samples than a unit of lanes has.
    [Fact]
    public void Winograds_products_of_a_large_batch_have_the_bits_of_their_scalar_twins()
    {
        new ConvolutionCase<float>(Shape("16 16 1 | 4 3 1 1 1 1 | 4 3 1 1 1 1"), 300).Check();
        new ConvolutionCase<double>(Shape("16 16 1 | 4 3 1 1 1 1 | 4 3 1 1 1 1"), 300).Check();
        new ConvolutionCase<float>(Shape("16 16 1 | 12 3 1 1 1 1 | 12 3 1 1 1 1"), 70).Check();
    }

    // So many channels that the sums of eight chunks would take too much.
    [Fact]
    public void Winograds_gradients_of_many_channels_have_the_bits_of_their_scalar_twins() =>
        new ConvolutionCase<float>(Shape("128 128 1 | 4 3 1 1 1 1 | 8 3 1 1 1 1"), 1).Check();

    // Chunks of sixteen tiles, thirteen of one row and three of the next: the last vector of tiles reaches to where the next channel begins.
    [Fact]
    public void Winograds_gradients_of_a_single_sample_have_the_bits_of_their_scalar_twins_where_chunks_end_within_rows() =>
        new ConvolutionCase<float>(Shape("16 16 1 | 40 3 1 1 1 1 | 52 3 1 1 1 1"), 1).Check();

    // On the way back the image is one tile wide and many high: its lines take more room than its tiles.
    [Theory]
    [InlineData("16 16 1 | 128 3 1 1 1 1 | 2 3 1 1 2 2")]
    [InlineData("16 16 1 | 184 3 1 1 1 1 | 4 3 1 1 5 5")]
    public void Winograds_products_of_a_single_narrow_sample_have_the_bits_of_their_scalar_twins(string shape)
    {
        new ConvolutionCase<float>(Shape(shape), 1).Check();
        new ConvolutionCase<double>(Shape(shape), 1).Check();
    }

    // Three or four output channels a thread, of one group and of two.
    [Theory]
    [InlineData("16 17 1 | 32 3 1 1 1 1 | 31 3 1 1 1 1")]
    [InlineData("32 34 2 | 24 3 1 1 1 1 | 23 3 1 1 0 1")]
    public void Threads_share_the_channels_of_a_single_sample(string shape)
    {
        using ThreadLimit.Scope limit = ThreadLimit.Enter(5);
        new ConvolutionCase<float>(Shape(shape), 1).Check();
        new ConvolutionCase<double>(Shape(shape), 1).Check();
    }

    // Which shows that the transforms are right without writing them down once more.
    [Theory, MemberData(nameof(TiledShapes))]
    public void Of_whole_numbers_Winograds_products_are_those_of_a_sliding_window(string shape)
    {
        foreach (int samples in (int[])[1, 3, 16])
        {
            new ConvolutionCase<float>(Shape(shape), samples, areWhole: true).Check();
            new ConvolutionCase<double>(Shape(shape), samples, areWhole: true).Check();
        }
    }

    // Near as design says: 1e-5 of the largest number in float, 1e-12 in double.
    [Theory, MemberData(nameof(LargeTiledShapes))]
    public void Of_whole_numbers_the_products_by_large_tiles_are_near_those_of_a_sliding_window(string shape)
    {
        foreach (int samples in (int[])[1, 16])
        {
            new ConvolutionCase<float>(Shape(shape), samples, areWhole: true).CheckNear(1e-5f);
            new ConvolutionCase<double>(Shape(shape), samples, areWhole: true).CheckNear(1e-12);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void Memory_may_begin_anywhere(int offset)
    {
        new ConvolutionCase<float>(Shape("16 17 1 | 5 3 1 1 1 1 | 6 3 1 1 1 1"), 21).Check(offset);
        new ConvolutionCase<double>(Shape("16 17 1 | 5 3 1 1 1 1 | 6 3 1 1 1 1"), 1).Check(offset);
        new ConvolutionCase<float>(Shape("16 17 1 | 15 3 1 1 1 1 | 14 3 1 1 1 1"), 21).Check(offset);
        new ConvolutionCase<float>(Shape("16 17 1 | 15 3 1 1 1 1 | 14 3 1 1 1 1"), 1).Check(offset);
        new ConvolutionCase<float>(Shape("3 7 1 | 6 3 1 1 1 1 | 7 3 1 1 1 1"), 21).Check(offset);
        new ConvolutionCase<double>(Shape("3 7 1 | 6 3 1 1 1 1 | 7 3 1 1 1 1"), 21).Check(offset);
    }

    internal static ConvolutionShape Shape(string text)
    {
        int[][] parts = [.. text.Split('|').Select(part => part.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray())];
        return new(parts[0][0], parts[0][1], parts[0][2], Axis(parts[1]), Axis(parts[2]));
    }

    private static WindowAxis Axis(int[] numbers)
    {
        (int input, int kernel, int stride, int dilation, int before, int after) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
        return new(input, ((input + before + after - ((kernel - 1) * dilation) - 1) / stride) + 1, kernel, stride, dilation, before);
    }
}
