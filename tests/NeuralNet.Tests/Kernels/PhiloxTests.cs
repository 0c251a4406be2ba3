using NeuralNet.Kernels;

namespace NeuralNet.Tests;

public class PhiloxTests
{
    // Philox4x32-10, known answers of the Random123 distribution (Salmon et al. 2011): counter words, key words, result words.
    [Theory]
    [InlineData(0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0xe169c58d6627e8d5, 0x9b00dbd8bc57ac4c)]
    [InlineData(0xffffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff, 0x41c83b0e408f276d, 0x6d5451fda20bc7c6)]
    [InlineData(0x85a308d3243f6a88, 0x0370734413198a2e, 0x299f31d0a4093822, 0x94fdccebd16cfe09, 0x24126ea15001e420)]
    public void Words_are_those_of_the_published_known_answers(ulong block, ulong stream, ulong key, ulong first, ulong second) =>
        Philox.Block(key, stream, block).Should().Be((first, second));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0x370734413198a2e4, 0xffffffffffffffff, uint.MaxValue - 31UL)]
    [InlineData(0xffffffffffffffff, 0x299f31d0a4093822, 0xabcdef0100000000)]
    public void Many_blocks_are_those_of_single_ones(ulong key, ulong stream, ulong first)
    {
        const int Count = Philox.Words * Philox.Batch, Frame = 7;
        var words = new uint[Frame + Count + Frame];
        Philox.Fill(key, stream, first, words.AsSpan(Frame, Count));

        var expected = new uint[words.Length];
        for (int i = 0; i < Philox.Batch; i++)
        {
            (ulong even, ulong odd) = Philox.Block(key, stream, first + (ulong)i);
            uint[] block = [(uint)even, (uint)(even >> 32), (uint)odd, (uint)(odd >> 32)];
            for (int word = 0; word < Philox.Words; word++)
                expected[Frame + (word * Philox.Batch) + i] = block[word];
        }

        words.Should().Equal(expected);
    }
}
