using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace NeuralNet.Tests;

/// <summary>Files that somebody made to do harm, or that were damaged: refused in words, in memory in proportion to their size.</summary>
public class HostileFileTests
{
    [Fact]
    public void A_file_that_was_cut_off_anywhere_is_refused()
    {
        byte[] file = File(Network.Input<float>(2).Affine(2).BatchNormalization().SoftmaxWithLoss().Build(seed: 1));
        for (int length = 0; length < file.Length; length++)
            Refused(file[..length]);
        Refused([.. file, 0]);
    }

    [Fact]
    public void Files_damaged_at_random_are_refused_or_read_in_memory_in_proportion()
    {
        byte[][] files =
        [
            File(Network.Input<float>(3).Affine(4).Relu().Affine(2).SoftmaxWithLoss().Build(seed: 1)),
            File(Network.Input<double>(new Shape(1, 6, 6)).Convolution(2, 3, padding: Padding.Same).PRelu().MaxPooling(2, padding: 1).GroupNormalization(2).Flatten().Affine(2).Build(seed: 1)),
            File(Network.Input<float>(4).Normalization(new Scaling([1, 2, 3, 4], [1, 1, 2, 2])).Residual(block => block.Affine(4).Tanh()).Concat(block => block.Affine(2), block => block.Identity()).LayerNormalization().Build(seed: 1)),
        ];
        foreach (byte[] file in files)
            Network.Load<float>(new MemoryStream(file)).Should().NotBeNull();

        // A layer's objects, buffers and names; a network's; what an exception says.
        int refused = Fuzz.Run(files, bytes => Network.Load<float>(new MemoryStream(bytes)), fixedBytes: 1_000_000, bytesPerByte: 300, mutations: 40_000);
        refused.Should().BeInRange(20_000, 39_999);
    }

    [Fact]
    public void Weights_damaged_at_random_are_refused_or_read_in_memory_in_proportion()
    {
        byte[][] files = [.. ((string[])["affine.f64.safetensors", "affine.f16.safetensors", "affine.bf16.safetensors", "lenet.safetensors"])
            .Select(name => System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "safetensors", name)))];
        Network<float> network = Network.Input<float>(3).Affine(2).Build(seed: 1);
        using var folder = new ScratchFolder();
        int refused = Fuzz.Run(files, bytes => network.LoadWeights(folder.Write("weights.safetensors", bytes), strict: false), fixedBytes: 1_000_000, bytesPerByte: 300, mutations: 20_000);
        refused.Should().BeInRange(10_000, 19_999);
    }

    public static TheoryData<string, string, string> Headers => new()
    {
        { "a header longer than the file", """{"a":""", "*it claims a header of * bytes; there are *" },
        { "offsets beyond the file", """{"0.weight":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "*describes 8 bytes of data; found 4." },
        { "bytes that belong to nobody", """{"0.weight":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}""", "*begins at byte 8 of the data; expected 4, where the one before it ends." },
        { "a negative offset", """{"0.weight":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", "*must have two offsets in order; found [-4, 0]." },
        { "offsets the wrong way round", """{"0.weight":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "*must have two offsets in order*" },
        { "tensors over each other", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "*begins at byte 0 of the data; expected 4*" },
        { "a name twice", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "*has the name 'a' twice." },
        { "a shape that overflows", """{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}""", "*more numbers than can be counted." },
        { "an unknown type", """{"a":{"dtype":"Q4","shape":[1],"data_offsets":[0,4]}}""", "*has a type that is not known." },
        { "no object", "[1]", "*the safetensors header is not what the format says*" },
        { "numbers for texts", """{"__metadata__":{"neuralnet.network":1}}""", "*the safetensors header is not what the format says*" },
        { "JSON without end", new string('[', 5_000), "*the safetensors header is not what the format says*" },
    };

    [Theory, MemberData(nameof(Headers))]
    public void Headers_that_lie_are_refused_in_words(string what, string json, string message)
    {
        byte[] header = Encoding.UTF8.GetBytes(json);
        byte[] file = [.. new byte[8], .. header, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt64LittleEndian(file, what.StartsWith("a header longer", StringComparison.Ordinal) ? ulong.MaxValue : (ulong)header.Length);
        FluentActions.Invoking(() => Network.Load<float>(new MemoryStream(file))).Should().Throw<InvalidDataException>(what).WithMessage(message);
    }

    public static TheoryData<string, string> Architectures => new()
    {
        { """{"input":[1000000],"layers":[{"kind":"Affine","values":{"outputSize":2000,"bias":true}}]}""", "*The layers up to it hold more numbers than the 3 of the file's tensors." },
        { """{"input":[1000000],"layers":[{"kind":"BatchNormalization","values":{"epsilon":1e-5,"momentum":0.1,"affine":false}}]}""", "*The layers up to it hold more numbers than the 3*" },
        { """{"input":[2147483591],"layers":[{"kind":"Relu"},{"kind":"Relu"}]}""", "*Layer 0 Relu: One sample makes more than 268435456 numbers in the layers up to it, the most that a file may ask for." },
        { """{"input":[1,30000,30000],"layers":[{"kind":"MaxPooling","values":{"kernelSize":[4000,4000],"stride":[1,1],"padding":"1999x1999","dilation":[1,1]}}]}""", "*Layer 0 MaxPooling*One sample makes more than*" },
        { """{"input":[1,2],"layers":[{"kind":"Normalization","values":{"size":2000000000}}]}""", "*The layers up to it hold more numbers than the 3*" },
        { """{"input":[2],"layers":[{"kind":"System.Diagnostics.Process","values":{"fileName":"rm"}}]}""", "*No layer of kind System.Diagnostics.Process is registered*" },
        { """{"input":[2],"layers":[{"kind":"Affine","values":{"outputSize":0,"bias":true}}]}""", "*outputSize must be at least 1*" },
        { """{"input":[2],"layers":[{"kind":"Affine","values":{"outputSize":1.5,"bias":true}}]}""", "*expects outputSize to be Int32, found Double*" },
        { """{"input":[2],"layers":[{"kind":"Affine","values":{"bias":true}}]}""", "*lacks outputSize; it has bias.*" },
        { """{"input":[2],"layers":[{"kind":"Convolution","values":{"outputChannels":1,"kernelSize":[3],"stride":[1,1],"padding":"same","dilation":[1,1],"groups":1,"bias":true}}]}""", "*expects kernelSize to be a height and a width, found [3].*" },
        { """{"input":[-2],"layers":[]}""", "*must be at least 1*" },
        { """{"input":[],"layers":[]}""", "*\"input\" must be a shape*" },
        { """{"input":[2],"layers":[{"kind":"Residual","children":[]}]}""", "*Residual*" },
        { """{"input":[2],"layers":[{"kind":null}]}""", "*kind*" },
        { """{"input":[2],"layers":[{"kind":"Scale","values":{"factor":1e999,"offset":0.0}}]}""", "*" },
        { """{"input":[2],"layers":[""" + string.Concat(Enumerable.Repeat("""{"kind":"Sequential","children":[""", 200)), "*" },
        { """{"input":[1,1,1],"layers":[{"kind":"MaxPooling","values":{"kernelSize":[1073741824,1],"stride":[1,1],"padding":"1073741823x0","dilation":[1,1]}}]}""", "*pads to a height of 2147483647, more than*" },
        { """{"input":[1,1,1],"layers":[{"kind":"AveragePooling","values":{"kernelSize":[1,1],"stride":[1,1],"padding":"536870912x0","dilation":[1,1],"countPadding":true}}]}""", "*windows that lie wholly beside the image*" },
        { "null", "*" },
        { string.Empty, "*" },
    };

    [Theory, MemberData(nameof(Architectures))]
    public void Architectures_that_lie_are_refused_in_words_and_little_memory(string architecture, string message)
    {
        byte[] file = File(("neuralnet.network", "1"), ("neuralnet.state", """{"seed":1,"step":0,"frozen":[]}"""), ("neuralnet.architecture", architecture));
        long before = GC.GetAllocatedBytesForCurrentThread();
        FluentActions.Invoking(() => Network.Load<float>(new MemoryStream(file))).Should().Throw<InvalidDataException>().WithMessage(message);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(5_000_000);
    }

    // A stride beyond the image has no meaning; its square, as an int, is 0, negative or 1.
    [Theory]
    [InlineData(46340, 46340)]
    [InlineData(32768, 65535)]
    [InlineData(2147483591, 1)]
    [InlineData(1, 2147483591)]
    public void A_stride_of_any_size_predicts_what_a_single_window_holds(int down, int across)
    {
        Size2D stride = (down, across);
        Network<float> pooling = Network.Input<float>(new Shape(1, 2, 2)).MaxPooling(2, stride: stride).Build(seed: 1);
        pooling.Predict(Matrix<float>.Build.Dense(1, 4, [1, 7, 4, 5]))[0, 0].Should().Be(7);

        using var file = new MemoryStream();
        Network<float> convolution = Network.Input<float>(new Shape(1, 2, 2)).Convolution(1, 2, stride: stride, bias: false).Build(seed: 1);
        convolution.Parameters[0].Value.Values().Fill(2);
        convolution.Save(file);
        Network.Load<float>(file).Predict(Matrix<float>.Build.Dense(1, 4, [1, 2, 3, 4]))[0, 0].Should().Be(20);
    }

    [Theory]
    [InlineData("neuralnet.network", "2", "*expected a network of version 1, found 2.")]
    [InlineData("neuralnet.state", """{"seed":1}""", "*'neuralnet.state' is not what version 1 says*")]
    [InlineData("neuralnet.state", """{"seed":1,"step":-1,"frozen":[]}""", "*found step -1*")]
    [InlineData("neuralnet.state", """{"seed":1,"step":9223372036854775807,"frozen":[]}""", "*expects a step from 0 to 9007199254740992*found step 9223372036854775807*")]
    [InlineData("neuralnet.state", """{"seed":1,"step":0,"frozen":["7.weight"]}""", "*found step 0 and frozen 7.weight.")]
    [InlineData("neuralnet.classes", """["a","a"]""", "*'neuralnet.classes': ClassNames must differ*")]
    [InlineData("neuralnet.classes", "7", "*'neuralnet.classes' is not what version 1 says*")]
    public void Metadata_that_contradict_the_network_are_refused(string name, string text, string message)
    {
        var metadata = new Dictionary<string, string>
        {
            ["neuralnet.network"] = "1",
            ["neuralnet.state"] = """{"seed":1,"step":0,"frozen":[]}""",
            ["neuralnet.architecture"] = """{"input":[1],"layers":[{"kind":"Affine","values":{"outputSize":2,"bias":false}},{"kind":"PRelu","values":{"perChannel":false,"initialSlope":0.25}}]}""",
            ["neuralnet.classes"] = """["a","b"]""",
        };
        (string Name, string Text)[] good = [.. metadata.Select(item => (item.Key, item.Value))];
        Network.Load<float>(new MemoryStream(File(good))).ClassNames.Should().Equal("a", "b");
        metadata[name] = text;
        FluentActions.Invoking(() => Network.Load<float>(new MemoryStream(File([.. metadata.Select(item => (item.Key, item.Value))])))).Should().Throw<InvalidDataException>().WithMessage(message);
    }

    // What is quoted of a file ends up in logs.
    [Theory]
    [InlineData("""{"NAME":{"dtype":"ZZ","shape":[0],"data_offsets":[0,0]}}""")]
    [InlineData("""{"a":{"dtype":"NAME","shape":[0],"data_offsets":[0,0]}}""")]
    [InlineData("""{"NAME":{"dtype":"F32","shape":[0],"data_offsets":[0]}}""")]
    [InlineData("""{"NAME":1,"NAME":2}""")]
    [InlineData("""{"__metadata__":{"NAME":"1","NAME":"2"}}""")]
    [InlineData("""{"NAME":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""")]
    [InlineData("""{"__metadata__":{"neuralnet.network":"1","neuralnet.state":"{\"seed\":1,\"step\":0,\"frozen\":[\"NAME\"]}","neuralnet.architecture":"{\"input\":[1],\"layers\":[{\"kind\":\"NAME\",\"values\":{}}]}"}}""")]
    public void Refusals_are_no_longer_for_long_names(string header)
    {
        byte[] text = Encoding.UTF8.GetBytes(header.Replace("NAME", new string('n', 100_000), StringComparison.Ordinal));
        byte[] file = [.. BitConverter.GetBytes((long)text.Length), .. text];
        Network<float> network = Network.Input<float>(1).Affine(2).Build(seed: 1);
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.FullName, "long.safetensors");
        System.IO.File.WriteAllBytes(path, file);
        Action[] reads = [() => network.LoadWeights(path), () => Network.Load<float>(new MemoryStream(file))];
        foreach (Action read in reads)
            read.Should().Throw<InvalidDataException>().Which.Message.Length.Should().BeLessThan(2000);
    }

    private static byte[] File<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        network.Save(stream);
        return stream.ToArray();
    }

    /// <summary>A file of two tensors, <c>0.weight [2, 1]</c> and <c>1.weight [1]</c>.</summary>
    private static byte[] File(params (string Name, string Text)[] metadata)
    {
        string texts = string.Join(',', metadata.Select(item => $"{JsonSerializer.Serialize(item.Name)}:{JsonSerializer.Serialize(item.Text)}"));
        byte[] header = Encoding.UTF8.GetBytes(
            $$$"""{"__metadata__":{{{{texts}}}},"0.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"1.weight":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""");
        byte[] file = [.. new byte[8], .. header, .. new byte[12]];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        return file;
    }

    private static void Refused(byte[] file) => FluentActions.Invoking(() => Network.Load<float>(new MemoryStream(file), "file")).Should().Throw<InvalidDataException>().WithMessage("file*");
}
