using System.Net;
using System.Text;
using System.Text.Json;
using NeuralNet.Onnx;

namespace NeuralNet.Tests.Samples;

/// <summary>What the server answers, and what it refuses in words.</summary>
[Collection(ServedDigits.Name)]
public class ServeTests(ServedDigits digits)
{
    private const string Wanted = """an object such as {"sample": [...]} or {"samples": [[...], ...]}""";
    private const string WrongUrl = "--urls expects http://HOST:PORT without a path, the port from 0 to 65535, and 0, a free one, only with an IP address";

    // As many as one batch of the test: the same bits as alone, as the design promises.
    [Fact]
    public async Task It_predicts_what_the_batch_gives_to_the_bit_the_most_probable_class_first()
    {
        JsonElement predictions = await digits.Server.Predict(digits.Samples);

        predictions.GetArrayLength().Should().Be(digits.Samples.Length);
        foreach ((int i, JsonElement prediction) in predictions.EnumerateArray().Index())
        {
            digits.IsRight(i, prediction).Should().BeTrue();
            prediction.EnumerateArray().Select(found => found.GetProperty("probability").GetSingle()).Should().BeInDescendingOrder();
        }
    }

    [Fact]
    public async Task One_sample_has_its_own_word()
    {
        using HttpResponseMessage response = await digits.Server.Client.PostAsync("/predict", ServeProcess.Json(new { sample = digits.Samples[3] }));

        JsonElement answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        digits.IsRight(3, answer.GetProperty("predictions")[0]).Should().BeTrue();
        answer.TryGetProperty("activations", out _).Should().BeFalse();
    }

    [Fact]
    public async Task Activations_are_each_layers_output_in_percent_of_its_largest()
    {
        using HttpResponseMessage response = await digits.Server.Client.PostAsync("/predict?activations=true", ServeProcess.Json(new { sample = digits.Samples[3] }));
        JsonElement[] found = [.. JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("activations").EnumerateArray()];

        IReadOnlyList<LayerActivation<float>> expected = digits.Network.Activations<float>(digits.Samples[3]);
        found.Select(layer => layer.GetProperty("layer").GetString()).Should().Equal(expected.Select(layer => layer.Layer));
        foreach ((JsonElement layer, LayerActivation<float> activation) in found.Zip(expected))
        {
            // None of these is so large that it would be shortened.
            float largest = layer.GetProperty("largest").GetSingle();
            largest.Should().Be(activation.Values.Max(Math.Abs));
            layer.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()).Should().Equal(activation.Shape.Dimensions.ToArray());
            layer.GetProperty("maps").EnumerateArray().SelectMany(map => map.EnumerateArray()).Select(cell => cell.GetInt32())
                .Should().Equal(activation.Values.Select(value => (int)MathF.Round(value / largest * 100)));
        }
    }

    [Fact]
    public async Task Health_says_that_it_is_well()
    {
        JsonElement health = await digits.Server.Get("/health");

        health.GetProperty("status").GetString().Should().Be("ok");
        health.GetProperty("model").GetString().Should().Be("digits.safetensors");
        health.GetProperty("predicting").GetInt32().Should().Be(0);
        health.GetProperty("heapBytes").GetInt64().Should().BePositive();
    }

    [Fact]
    public async Task The_model_is_described()
    {
        JsonElement model = await digits.Server.Get("/model");

        model.GetProperty("name").GetString().Should().Be("digits.safetensors");
        model.GetProperty("inputShape").EnumerateArray().Select(size => size.GetInt32()).Should().Equal(1, 8, 8);
        model.GetProperty("weightsSha256").GetString().Should().Be(digits.Network.WeightsSha256());
        model.GetProperty("metadata").GetProperty("data").GetString().Should().Be("UCI digits");
        model.GetProperty("parameters").GetInt64().Should().Be((16 * 9) + 16 + (256 * 64) + 64 + (64 * 10) + 10);
        model.GetProperty("layers").EnumerateArray().Select(layer => $"{layer.GetProperty("path")} {layer.GetProperty("layer")} {layer.GetProperty("parameters")}").Should().Equal(
            "0 Convolution(1 -> 16, 3x3, padding 1x1) 160", "1 Relu 0", "2 MaxPooling(2x2) 0", "3 Affine(256 -> 64) 16448", "4 Relu 0", "5 Affine(64 -> 10) 650", "6 SoftmaxWithLoss 0");
        model.GetProperty("limits").GetProperty("maxSamples").GetInt32().Should().Be(1000);
    }

    [Fact]
    public async Task Classes_have_their_names_and_layers_within_layers_their_place()
    {
        using var folder = new ScratchFolder();
        Network<float> network = Network.Input<float>(2).Residual(block => block.Affine(2).Tanh()).Affine(1).SigmoidWithLoss().Build(seed: 1);
        network.ClassNames = ["no", "yes"];
        string path = Path.Combine(folder.FullName, "yes-or-no.safetensors");
        network.Save(path);
        await using ServeProcess server = await ServeProcess.Start(path);

        JsonElement prediction = (await server.Predict([[0.5f, -2]]))[0];
        var output = new float[1];
        network.Predict([0.5f, -2], output);
        prediction.EnumerateArray().ToDictionary(found => found.GetProperty("name").GetString()!, found => found.GetProperty("probability").GetSingle())
            .Should().Equal(new Dictionary<string, float> { ["yes"] = output[0], ["no"] = (float)(1 - (double)output[0]) });
        JsonElement model = await server.Get("/model");
        model.GetProperty("classNames").EnumerateArray().Select(name => name.GetString()).Should().Equal("no", "yes");
        model.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("path").GetString()).Should().Equal("0", "0.0", "0.0.0", "0.0.1", "1", "2");
    }

    [Theory]
    [InlineData("", $"The body is empty: expected {Wanted}.")]
    [InlineData("no", $"The body is not JSON, at line 1, byte 2: expected {Wanted}; JSON knows neither NaN nor Infinity.")]
    [InlineData("""{"sample": [0, NaN]}""", $"The body is not JSON, at line 1, byte 16: expected {Wanted}; JSON knows neither NaN nor Infinity.")]
    [InlineData("""{"sample": [0, 1""", $"The body is not JSON, at line 1, byte 17: expected {Wanted}; JSON knows neither NaN nor Infinity.")]
    [InlineData("[1, 2]", $"The body expects {Wanted}, found a list.")]
    [InlineData("null", $"The body expects {Wanted}, found null.")]
    [InlineData("{}", $"The body expects {Wanted}, found an object without members.")]
    [InlineData("""{"image": [1]}""", $"The body expects {Wanted}, found a member \"image\".")]
    [InlineData("""{"\ud800": [1]}""", $"The body is not JSON, its text is not Unicode: expected {Wanted}.")]
    [InlineData("""{"samples": [], "sample": []}""", "samples expects at least one sample, found none.")]
    [InlineData("""{"samples": 3}""", "samples expects a list of samples, found 3.")]
    [InlineData("""{"samples": [1, 2]}""", "samples[0] expects a list of 64 numbers, found 1.")]
    [InlineData("""{"sample": [0, 1, 2]}""", "sample expects 64 numbers, found 3.")]
    [InlineData("""{"sample": [0, "1"]}""", "sample[1] expects a number, found \"1\".")]
    [InlineData("""{"sample": [0, 1, null]}""", "sample[2] expects a number, found null.")]
    [InlineData("""{"sample": [0, 1, [2]]}""", "sample[2] expects a number, found a list.")]
    [InlineData("""{"sample": [-1e39]}""", "sample[0] expects a number of at most 3.4028235E+38, found -1e39.")]
    [InlineData("""{"sample": {}}""", "sample expects a list of 64 numbers, found an object.")]
    public async Task A_wrong_body_is_answered_with_what_was_expected_and_what_was_found(string body, string detail) =>
        await ShouldBeProblem(Send(body), HttpStatusCode.BadRequest, detail);

    [Fact]
    public async Task A_second_list_is_refused()
    {
        string sample = $"[{string.Join(',', digits.Samples[0])}]";

        await ShouldBeProblem(Send($$"""{"sample": {{sample}}, "samples": [{{sample}}]}"""), HttpStatusCode.BadRequest, "The body expects either sample or samples, once; found a second.");
    }

    [Fact]
    public async Task The_place_of_a_short_sample_among_many_is_named()
    {
        await ShouldBeProblem(
            digits.Server.Client.PostAsync("/predict", ServeProcess.Json(new { samples = new[] { digits.Samples[0], digits.Samples[1][1..], [] } })),
            HttpStatusCode.BadRequest,
            "samples[1] expects 64 numbers, found 63.");
    }

    [Fact]
    public async Task Numbers_that_the_network_cannot_bear_are_refused()
    {
        await ShouldBeProblem(
            digits.Server.Client.PostAsync("/predict", ServeProcess.Json(new { sample = Enumerable.Repeat(float.MaxValue, 64) })),
            HttpStatusCode.BadRequest,
            "Sample 0 expects numbers of the size that the network was trained on; with those it has, the network's output is not finite.");
    }

    [Theory]
    [InlineData("text/plain", "text/plain; charset=utf-8")]
    [InlineData("application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-8")]
    public async Task Another_content_type_is_refused(string type, string found) => await ShouldBeProblem(
        digits.Server.Client.PostAsync("/predict", new StringContent("{}", Encoding.UTF8, type)), HttpStatusCode.UnsupportedMediaType, $"The request expects the content type application/json, found {found}.");

    [Fact]
    public async Task Other_paths_methods_and_choices_are_refused()
    {
        await ShouldBeProblem(digits.Server.Client.GetAsync("/predictions"), HttpStatusCode.NotFound, "Expected GET /, GET /health, GET /model or POST /predict, found GET /predictions.");
        await ShouldBeProblem(digits.Server.Client.GetAsync("/predict"), HttpStatusCode.MethodNotAllowed, "Expected GET /, GET /health, GET /model or POST /predict, found GET /predict.");
        await ShouldBeProblem(digits.Server.Client.PostAsync("/predict?activations=maybe", ServeProcess.Json(new { })), HttpStatusCode.BadRequest, "activations expects true or false, found 'maybe'.");
        await ShouldBeProblem(
            digits.Server.Client.PostAsync("/predict?activations=true", ServeProcess.Json(new { samples = digits.Samples[..2] })), HttpStatusCode.BadRequest, "activations=true expects one sample, found 2.");
    }

    // 1,024 bytes, and 32 for each of 5 samples' 64 numbers and brackets.
    [Fact]
    public async Task More_samples_or_bytes_than_the_limit_are_refused_and_the_limit_itself_is_not()
    {
        await using ServeProcess server = await ServeProcess.Start(digits.Model, null, "--max-samples", "5");

        (await server.Predict(digits.Samples[..5])).GetArrayLength().Should().Be(5);
        await ShouldBeProblem(
            server.Client.PostAsync("/predict", ServeProcess.Json(new { samples = Enumerable.Repeat(new int[64], 6) })), HttpStatusCode.BadRequest, "samples expects at most 5 samples in one request, found more: send several requests.");
        foreach (int length in (int[])[11_425, 100_000, 5_000_000])
        {
            byte[] body = [.. Enumerable.Repeat((byte)' ', length)];
            string problem = $"The body expects at most 11424 bytes, found {length}: send several requests.";
            await ShouldBeProblem(server.Client.PostAsync("/predict", Bytes(body)), HttpStatusCode.RequestEntityTooLarge, problem);

            // Without its length said before.
            using var request = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = Bytes(body) };
            request.Headers.TransferEncodingChunked = true;
            await ShouldBeProblem(server.Client.SendAsync(request), HttpStatusCode.RequestEntityTooLarge, problem);
        }

        (await server.Predict(digits.Samples[..5])).GetArrayLength().Should().Be(5);
    }

    [Fact]
    public async Task An_ONNX_file_is_served_as_well_with_the_same_bits()
    {
        using var folder = new ScratchFolder();
        string model = Path.Combine(folder.FullName, "digits.onnx");
        digits.Network.SaveOnnx(model);
        await using ServeProcess server = await ServeProcess.Start(model);

        JsonElement predictions = await server.Predict(digits.Samples[..20]);
        for (int i = 0; i < 20; i++)
            digits.IsRight(i, predictions[i]).Should().BeTrue();
    }

    [Fact]
    public async Task Scores_and_numbers_are_no_probabilities_unless_a_head_makes_them_so()
    {
        using var folder = new ScratchFolder();
        string scores = Path.Combine(folder.FullName, "scores.onnx"), logarithms = Path.Combine(folder.FullName, "logarithms.onnx"), price = Path.Combine(folder.FullName, "price.safetensors");
        Network<float> network = Network.Input<float>(4).Affine(3).Build(seed: 1), classes = Network.Input<float>(4).Affine(3).SoftmaxWithLoss().Build(seed: 1);
        Network<float> regression = Network.Input<float>(4).Affine(1).MeanSquaredError().Build(seed: 1);
        network.SaveOnnx(scores);
        Network.Input<float>(4).Affine(3).LogSoftmax().Build(seed: 1).SaveOnnx(logarithms);
        regression.Save(price);
        float[] sample = [1, -2, 30, 4];

        await ShouldGive(scores, network);
        await ShouldGive(price, regression);
        await ShouldClassify(scores, "--head", "softmax");
        await ShouldClassify(logarithms);

        async Task ShouldGive(string model, Network<float> expected)
        {
            await using ServeProcess server = await ServeProcess.Start(model);
            using HttpResponseMessage response = await server.Client.PostAsync("/predict", ServeProcess.Json(new { sample }));
            JsonElement answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
            var outputs = new float[expected.OutputShape.Size];
            expected.Predict(sample, outputs);
            answer.GetProperty("outputs")[0].EnumerateArray().Select(output => output.GetSingle()).Should().Equal(outputs);
            answer.TryGetProperty("predictions", out _).Should().BeFalse();
            (await server.Get("/model")).GetProperty("givesProbabilities").GetBoolean().Should().BeFalse();
        }

        async Task ShouldClassify(string model, params string[] arguments)
        {
            await using ServeProcess server = await ServeProcess.Start(model, null, arguments);
            var outputs = new float[3];
            classes.Predict(sample, outputs);
            ServeProcess.Probabilities((await server.Predict([sample]))[0]).Should().Equal(outputs);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health")]
    [InlineData("/model")]
    public async Task Who_wants_only_the_head_gets_it(string path)
    {
        using HttpResponseMessage response = await digits.Server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_network_that_is_not_finite_is_refused_by_the_name_of_what_is_not()
    {
        using var folder = new ScratchFolder();
        Network<float> network = Network.Input<float>(4).Affine(3).BatchNormalization().Affine(3).SoftmaxWithLoss().Build(seed: 1);
        string weight = Path.Combine(folder.FullName, "weight.safetensors"), state = Path.Combine(folder.FullName, "state.safetensors");
        network.States[0].Value[0, 0] = float.PositiveInfinity;
        network.Save(state);
        network.Parameters[^1].Value[0, 1] = float.NaN;
        network.Save(weight);

        await ShouldEndInOneLine("weight.safetensors: 2.bias expects finite numbers, found NaN or infinity.", folder, "--model", weight);
        await ShouldEndInOneLine("state.safetensors: 1.running_mean expects finite numbers, found NaN or infinity.", folder, "--model", state);
    }

    [Fact]
    public async Task Help_says_what_decides_the_format()
    {
        using var folder = new ScratchFolder();
        SampleProcess sample = await SampleProcess.Run("Serve", folder.FullName, "--help");

        sample.ExitCode.Should().Be(0);
        sample.Output.Should().Contain("ONNX if the name ends in .onnx, else safetensors");
    }

    [Theory]
    [InlineData("--model FILE is missing: the network to serve. One that knows digits: dotnet run -c Release --project samples/Mnist writes out/mnist/model.safetensors.")]
    [InlineData("--model FILE is missing", "--model", "")]
    [InlineData("--max-samples expects a whole number from 1 to 2147483647; got '0'.", "--model", "x", "--max-samples", "0")]
    [InlineData("--timeout expects a whole number from 1 to 86400; got '86401'.", "--model", "x", "--timeout", "86401")]
    [InlineData("--head expects softmax; got 'relu'.", "--model", "x", "--head", "relu")]
    [InlineData("--head softmax expects an ONNX file, found MODEL: a saved network has the head that it was trained with.", "--model", "MODEL", "--head", "softmax")]
    [InlineData("The safetensors file none.safetensors does not exist.", "--model", "none.safetensors")]
    [InlineData("The ONNX file net.onnx does not exist.", "--model", "net.onnx")]
    [InlineData($"{WrongUrl}; got 'nowhere'.", "--model", "x", "--urls", "nowhere")]
    [InlineData($"{WrongUrl}; got ';'.", "--model", "x", "--urls", ";")]
    [InlineData($"{WrongUrl}; got 'http://localhost:0'.", "--model", "x", "--urls", "http://localhost:0")]
    [InlineData($"{WrongUrl}; got 'https://127.0.0.1:0'.", "--model", "x", "--urls", "https://127.0.0.1:0")]
    [InlineData($"{WrongUrl}; got 'http://127.0.0.1:0/base'.", "--model", "x", "--urls", "http://127.0.0.1:0/base")]
    [InlineData($"{WrongUrl}; got 'http://127.0.0.1:99999'.", "--model", "x", "--urls", "http://127.0.0.1:99999")]
    [InlineData($"{WrongUrl}; got 'http://127.0.0.1:8o'.", "--model", "x", "--urls", "http://127.0.0.1:8o")]
    [InlineData("address already in use", "--model", "MODEL", "--urls", "TAKEN")]
    [InlineData("Cannot assign requested address", "--model", "MODEL", "--urls", "http://192.0.2.1:5080")]
    public async Task A_mistake_at_the_start_is_answered_in_one_line(string problem, params string[] arguments)
    {
        using var folder = new ScratchFolder();
        string[] words = [.. arguments.Select(word => word switch { "MODEL" => digits.Model, "TAKEN" => digits.Server.Address.ToString(), _ => word })];

        await ShouldEndInOneLine(problem.Replace("MODEL", digits.Model, StringComparison.Ordinal), folder, words);
    }

    private static async Task ShouldEndInOneLine(string problem, ScratchFolder folder, params string[] arguments)
    {
        SampleProcess sample = await SampleProcess.Run("Serve", folder.FullName, arguments);

        sample.Error.Should().Contain(problem).And.EndWith(Environment.NewLine);
        sample.Error.Trim().Should().NotContain(Environment.NewLine);
        sample.Output.Should().BeEmpty();
        sample.ExitCode.Should().Be(2);
    }

    private static ByteArrayContent Bytes(byte[] body) => new(body) { Headers = { ContentType = new("application/json") } };

    private static async Task ShouldBeProblem(Task<HttpResponseMessage> sent, HttpStatusCode status, string detail)
    {
        using HttpResponseMessage response = await sent;
        JsonElement problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        problem.GetProperty("detail").GetString().Should().Be(detail);
        problem.GetProperty("status").GetInt32().Should().Be((int)status);
        response.StatusCode.Should().Be(status);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
    }

    private Task<HttpResponseMessage> Send(string body) => digits.Server.Client.PostAsync("/predict", new StringContent(body, Encoding.UTF8, "application/json"));
}
