using System.Globalization;
using System.Text.Json;

namespace NeuralNet.Tests;

/// <summary>Weights from files that others wrote (Golden/make_safetensors.py), and ours as others read them (read_weights.py).</summary>
public sealed class LoadWeightsTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("f64")]
    [InlineData("f32")]
    [InlineData("f16")]
    [InlineData("bf16")]
    public void Numbers_of_every_type_are_read_in_both_precisions(string type)
    {
        JsonElement expected = GoldenFile.Row("safetensors", "types").GetProperty(type);
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Network<T> network = Affine<T>();
            network.LoadWeights(Golden($"affine.{type}.safetensors")).IsComplete.Should().BeTrue();
            network.Parameters[0].Value.Values().ToArray().Should().Equal(expected.Numbers("weight").Select(T.CreateTruncating));
            network.Parameters[1].Value.Values().ToArray().Should().Equal(expected.Numbers("bias").Select(T.CreateTruncating));
        }
    }

    [Fact]
    public void Weights_that_were_split_over_files_are_found_through_their_index()
    {
        Network<double> whole = Affine<double>(), split = Affine<double>();
        whole.LoadWeights(Golden("affine.f32.safetensors"));
        split.LoadWeights(Golden("model.safetensors.index.json"));
        split.WeightsSha256().Should().Be(whole.WeightsSha256());
    }

    [Fact]
    public void A_module_of_PyTorch_predicts_here_as_there()
    {
        JsonElement golden = GoldenFile.Row("safetensors", "lenet");
        Network<double> network = LeNet();
        WeightsReport report = network.LoadWeights(Golden("lenet.safetensors"), LeNetNames);

        report.IsComplete.Should().BeTrue();
        report.Count(WeightStatus.Loaded).Should().Be(10);
        report.Count(WeightStatus.Ignored).Should().Be(1, "PyTorch counts batches");
        network.Predict(golden.Matrix("x")).ShouldBeClose(golden.Matrix("y"), 1e-5);
    }

    [Fact]
    public void What_does_not_match_is_told_and_nothing_is_loaded()
    {
        Network<double> network = Network.Input<double>(new Shape(1, 8, 8)).Convolution(3, 3).BatchNormalization().Relu().MaxPooling(2).Affine(7).Tanh().Affine(4).Build(seed: 1);
        string before = network.WeightsSha256(), path = Golden("lenet.safetensors");
        string expected = $$"""
            {{path}}: the tensors do not fit the network, and nothing was loaded: 7 loaded, 2 mismatched, 1 missing, 1 unused, 1 ignored
              mismatched  4.weight [7, 27]  fc1.weight F32 [6, 27]
              mismatched  4.bias [7]        fc1.bias F32 [6]
              missing     6.weight [4, 7]
              unused                        fc2.weight F32 [4, 6]
            """;
        FluentActions.Invoking(() => network.LoadWeights(path, name => name == "fc2.weight" ? name : LeNetNames(name)))
            .Should().Throw<InvalidDataException>().WithMessage(expected);
        network.WeightsSha256().Should().Be(before);
    }

    [Fact]
    public void In_parts_what_matches_is_loaded_and_the_rest_stays()
    {
        Network<float> network = Affine<float>();
        float[] bias = [.. network.Parameters[1].Value.Values()];
        WeightsReport report = network.LoadWeights(Golden("affine.f32.safetensors"), name => name == "0.bias" ? null : name, strict: false);

        network.Parameters[0].Value[0, 0].Should().Be(1 / 3f);
        network.Parameters[1].Value.Values().ToArray().Should().Equal(bias);
        report.ToString().Should().Be($$"""
            {{report.Source}}: 1 loaded, 1 missing, 1 ignored
              loaded      0.weight [2, 3]  0.weight F32 [2, 3]
              missing     0.bias [2]
              ignored                      0.bias F32 [2]
            """);
    }

    [Fact]
    public void A_transposed_weight_is_named_and_two_for_one_place_are_refused()
    {
        Network<float> network = Network.Input<float>(2).Affine(3).Build(seed: 1);
        network.LoadWeights(Golden("affine.f32.safetensors"), strict: false).ToString().Should().Contain("mismatched  0.weight [3, 2]  0.weight F32 [2, 3] (transposed, as Keras has it)");
        FluentActions.Invoking(() => network.LoadWeights(Golden("affine.f32.safetensors"), _ => "0.weight"))
            .Should().Throw<InvalidDataException>().WithMessage("*both 0.weight and 0.bias are mapped to '0.weight'.");
    }

    [Fact]
    public void Files_of_other_kinds_are_named()
    {
        Network<float> network = Affine<float>();
        Refused(folder.Write("model.pt", [.. "PK\x03\x04"u8, .. new byte[] { 20, 0, 8, 8, 0, 0 }])).WithMessage("*a zip archive: a NumPy archive has a name that ends in .npz; one of torch.save is a pickle of Python objects*");
        Refused(folder.Write("model.bin", [0x80, 2, .. new byte[] { 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20 }])).WithMessage("*a pickle of Python objects*");
        Refused(Golden("../safetensors.json")).WithMessage("*safetensors.json is not the index of safetensors files, an object with \"weight_map\"*");
        FluentActions.Invoking(() => network.LoadWeights("no.safetensors")).Should().Throw<FileNotFoundException>().WithMessage("The safetensors file no.safetensors does not exist.");

        // Weights alone are no network.
        FluentActions.Invoking(() => Network.Load<float>(Golden("affine.f32.safetensors"))).Should().Throw<InvalidDataException>().WithMessage("*holds weights and no network*LoadWeights.");

        FluentAssertions.Specialized.ExceptionAssertions<InvalidDataException> Refused(string path) =>
            FluentActions.Invoking(() => network.LoadWeights(path)).Should().Throw<InvalidDataException>();
    }

    [Theory]
    [InlineData("../elsewhere.safetensors")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("")]
    public void An_index_opens_no_file_elsewhere(string file)
    {
        string index = folder.Write("model.safetensors.index.json", JsonSerializer.SerializeToUtf8Bytes(new { weight_map = new Dictionary<string, string> { ["0.weight"] = file } }));
        FluentActions.Invoking(() => Affine<float>().LoadWeights(index)).Should().Throw<InvalidDataException>().WithMessage("*expected tensor '0.weight' in a file beside the index*");
    }

    [Fact]
    public void An_archive_of_NumPy_goes_there_and_back()
    {
        Network<float> network = LeNetIn<float>(), loaded = LeNetIn<float>(seed: 2);
        string path = Path.Combine(folder.FullName, "weights.npz");
        network.SaveWeights(path);
        byte[] bytes = File.ReadAllBytes(path);
        loaded.LoadWeights(path);
        loaded.WeightsSha256().Should().Be(network.WeightsSha256());
        loaded.SaveWeights(path);
        File.ReadAllBytes(path).Should().Equal(bytes);
    }

    [Fact]
    public void What_could_not_be_written_leaves_nothing_behind()
    {
        string path = Path.Combine(folder.FullName, "twice.npz");
        NamedValues<float> array = new("a", 1, new float[1]);
        FluentActions.Invoking(() => Npz.Write(path, [array, array])).Should().Throw<ArgumentException>().WithMessage("The names of the arrays must differ and not be empty, found 'a'.*");
        FluentActions.Invoking(() => Affine<float>().SaveWeights(Path.Combine(folder.FullName, "w.json"))).Should().Throw<ArgumentException>().WithMessage("*has the name of an index of files*");
        Directory.GetFiles(folder.FullName).Should().BeEmpty();
    }

    [Fact]
    public void A_table_has_a_line_for_each_number()
    {
        Network<double> network = Network.Input<double>(2).Affine(2).Build(seed: 1);
        double[] numbers = [1.5, -0.1, 3e-20, 4];
        numbers.CopyTo(network.Parameters[0].Value.Values());
        string path = Path.Combine(folder.FullName, "weights.csv");
        network.SaveWeightsCsv(path);

        // The weight is [out, in], row by row.
        File.ReadAllText(path).Should().Be("name,index,value\n0.bias,0,0\n0.bias,1,0\n0.weight,0 0,1.5\n0.weight,0 1,-0.1\n0.weight,1 0,3E-20\n0.weight,1 1,4\n");

        new Network<double>(1, [new Holder(new Parameter<double>("w,1\"", new Shape(1), Matrix<double>.Build.Dense(1, 1)))], seed: 1).SaveWeightsCsv(path);
        File.ReadAllText(path).Should().Be("name,index,value\n\"0.w,1\"\"\",0,0\n");
    }

    [PythonFact("numpy")]
    public void Another_reader_finds_every_number_and_the_metadata()
    {
        CheckRead(LeNet(), "network.safetensors", (network, path) => network.Save(path));
        CheckRead(LeNetIn<float>(), "network.safetensors", (network, path) => network.Save(path));
        CheckRead(LeNet(), "weights.safetensors", (network, path) => network.SaveWeights(path));
        CheckRead(LeNetIn<float>(), "weights.npz", (network, path) => network.SaveWeights(path));
    }

    private void CheckRead<T>(Network<T> network, string name, Action<Network<T>, string> save)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        network.ClassNames = ["a", "b", "c", "ü"];
        string path = Path.Combine(folder.FullName, name);
        save(network, path);
        JsonElement read = JsonDocument.Parse(PythonTool.Run("numpy", Path.Combine(AppContext.BaseDirectory, "Serialization", "read_weights.py"), path)).RootElement;

        JsonElement tensors = read.GetProperty("tensors");
        tensors.EnumerateObject().Should().HaveCount(network.Parameters.Count + network.States.Count);
        foreach ((string tensor, Shape shape, Matrix<T> value) in network.Parameters.Select(parameter => (parameter.Name, parameter.Shape, parameter.Value)).Concat(network.States.Select(state => (state.Name, state.Shape, state.Value))))
        {
            JsonElement found = tensors.GetProperty(tensor);
            found.GetProperty("type").GetString().Should().Be(typeof(T) == typeof(float) ? "<f4" : "<f8");
            found.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt32()).Should().Equal(shape.Dimensions.ToArray());
            found.Numbers("values").Should().Equal(value.Values().ToArray().Select(double.CreateTruncating));
        }

        if (name == "network.safetensors")
        {
            JsonElement metadata = read.GetProperty("metadata");
            metadata.GetProperty("format").GetString().Should().Be("pt");
            metadata.GetProperty("neuralnet.classes").GetString().Should().Be("""["a","b","c","\u00FC"]""");
            JsonElement architecture = JsonDocument.Parse(metadata.GetProperty("neuralnet.architecture").GetString()!).RootElement;
            architecture.GetProperty("input").GetRawText().Should().Be("[1,8,8]");
            architecture.GetProperty("layers")[0].GetProperty("values").GetProperty("kernelSize").GetRawText().Should().Be("[3,3]");
        }
    }

    private static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", "safetensors", name);

    private static Network<T> Affine<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => Network.Input<T>(3).Affine(2).Build(seed: 1);

    private static Network<double> LeNet() => LeNetIn<double>();

    private static Network<T> LeNetIn<T>(long seed = 1)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Network.Input<T>(new Shape(1, 8, 8)).Convolution(3, 3).BatchNormalization().Relu().MaxPooling(2).Affine(6).Tanh().Affine(4).Build(seed);

    private static string? LeNetNames(string name) => name.Split('.') switch
    {
        ["conv1", var rest] => $"0.{rest}",
        ["norm", var rest] => $"1.{rest}",
        ["fc1", var rest] => $"4.{rest}",
        [_, var rest] => $"6.{rest}",
        _ => throw new ArgumentException(name.ToString(CultureInfo.InvariantCulture)),
    };
}
