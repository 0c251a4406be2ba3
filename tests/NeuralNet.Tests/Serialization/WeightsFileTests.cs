using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NeuralNet.Tests;

/// <summary>The weights file, read by a little reader of the safetensors format that shares no code with the writer.</summary>
public sealed class WeightsFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("NeuralNet.Tests.");

    private string Path => System.IO.Path.Combine(folder.FullName, "weights.safetensors");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void The_file_holds_names_shapes_and_numbers_as_PyTorch_lays_them_out()
    {
        // By hand: W [in = 3, out = 2] is PyTorch's [2, 3], row by row: the first output's three weights, then the second's.
        var network = new Network<double>(3, [new Affine<double>(Make.Rows([1, 2], [3, 4], [5, 6]), Make.Rows([0.5, -0.25]))], seed: 1);
        network.SaveWeights(Path);
        Dictionary<string, (string Type, int[] Shape, double[] Values)> tensors = Read(File.ReadAllBytes(Path));

        tensors.Keys.Should().Equal("0.bias", "0.weight");
        tensors["0.weight"].Type.Should().Be("F64");
        tensors["0.weight"].Shape.Should().Equal(2, 3);
        tensors["0.weight"].Values.Should().Equal(1, 3, 5, 2, 4, 6);
        tensors["0.bias"].Shape.Should().Equal(2);
        tensors["0.bias"].Values.Should().Equal(0.5, -0.25);
    }

    [Fact]
    public void Every_weight_of_a_larger_network_is_found_in_float_too()
    {
        Network<float> network = Network.Input<float>(7).Affine(5).Relu().Affine(3).SoftmaxWithLoss().Build(seed: 1);
        network.SaveWeights(Path);
        Dictionary<string, (string Type, int[] Shape, double[] Values)> tensors = Read(File.ReadAllBytes(Path));

        tensors.Should().HaveCount(4);
        foreach (Parameter<float> parameter in network.Parameters)
        {
            (string type, int[] shape, double[] values) = tensors[parameter.Name];
            type.Should().Be("F32");
            shape.Should().Equal(parameter.Shape.Dimensions.ToArray());
            for (int row = 0; row < parameter.Value.RowCount; row++)
            {
                for (int column = 0; column < parameter.Value.ColumnCount; column++)
                    values[(column * parameter.Value.RowCount) + row].Should().Be(parameter.Value[row, column]);
            }
        }
    }

    [Fact]
    public void The_fingerprint_is_the_SHA256_of_names_and_numbers_in_the_order_of_the_names()
    {
        Network<double> network = Network.Input<double>(4).Affine(3).Relu().Affine(2).Build(seed: 5);
        var bytes = new List<byte>();
        foreach (string name in (string[])["0.bias", "0.weight", "2.bias", "2.weight"])
        {
            Matrix<double> value = network.Parameters.Single(parameter => parameter.Name == name).Value;
            bytes.AddRange(Encoding.UTF8.GetBytes(name));
            for (int column = 0; column < value.ColumnCount; column++)
            {
                for (int row = 0; row < value.RowCount; row++)
                {
                    long bits = BitConverter.DoubleToInt64Bits(value[row, column]);
                    for (int shift = 0; shift < 64; shift += 8)
                        bytes.Add((byte)(bits >> shift));
                }
            }
        }

        network.WeightsSha256().Should().Be(Convert.ToHexString(SHA256.HashData(bytes.ToArray())).ToLowerInvariant());
    }

    [Fact]
    public void One_bit_of_one_weight_changes_the_fingerprint_and_a_gradient_does_not()
    {
        Network<double> network = Network.Input<double>(4).Affine(3).Build(seed: 5);
        string before = network.WeightsSha256();
        network.Parameters[0].Gradient[0, 0] = 1;
        network.WeightsSha256().Should().Be(before);
        network.Parameters[0].Value[3, 2] = Math.BitIncrement(network.Parameters[0].Value[3, 2]);

        network.WeightsSha256().Should().NotBe(before);
    }

    [Fact]
    public void A_file_that_exists_is_overwritten_whole_and_nothing_stays_beside_it()
    {
        Network.Input<double>(40).Affine(30).Build(seed: 1).SaveWeights(Path);
        Network<double> small = Network.Input<double>(2).Affine(1).Build(seed: 1);
        small.SaveWeights(Path);
        byte[] bytes = File.ReadAllBytes(Path);
        small.SaveWeights(Path);

        File.ReadAllBytes(Path).Should().Equal(bytes);
        Read(bytes)["0.weight"].Shape.Should().Equal(1, 2);
        folder.GetFiles().Should().ContainSingle();
    }

    // The format: eight bytes with the header's length, little-endian; a JSON header with dtype, shape and offsets; the numbers.
    private static Dictionary<string, (string Type, int[] Shape, double[] Values)> Read(byte[] file)
    {
        int headerLength = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file));
        int start = 8 + headerLength, end = 0;
        (start % 8).Should().Be(0, "the numbers are aligned");
        var tensors = new Dictionary<string, (string, int[], double[])>();
        foreach (JsonProperty tensor in JsonDocument.Parse(Encoding.UTF8.GetString(file, 8, headerLength)).RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__"))
        {
            string type = tensor.Value.GetProperty("dtype").GetString()!;
            int[] offsets = [.. tensor.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt32())];
            int size = type == "F32" ? 4 : 8;
            offsets[0].Should().Be(end, "tensors follow each other without gaps");
            end = offsets[1];
            double[] values = new double[(end - offsets[0]) / size];
            for (int i = 0; i < values.Length; i++)
            {
                ReadOnlySpan<byte> bytes = file.AsSpan(start + offsets[0] + (i * size), size);
                values[i] = size == 4 ? BinaryPrimitives.ReadSingleLittleEndian(bytes) : BinaryPrimitives.ReadDoubleLittleEndian(bytes);
            }

            tensors.Add(tensor.Name, (type, [.. tensor.Value.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt32())], values));
        }

        file.Length.Should().Be(start + end, "the file ends with the last tensor");
        return tensors;
    }
}
