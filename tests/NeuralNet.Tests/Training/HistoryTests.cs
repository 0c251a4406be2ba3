using System.Globalization;
using System.Text.Json;

namespace NeuralNet.Tests.Training;

public class HistoryTests
{
    [Fact]
    public void A_history_becomes_a_table()
    {
        Runs.Of(2, ["accuracy", "top, \"3\""]).ToCsv().Should().Be(""""
            epoch,step,learningRate,gradientNorm,trainingLoss,validationLoss,accuracy,"top, ""3""",seconds
            1,100,0.01,0.5,1,1.25,0.5,0.5,1.5
            2,200,0.005,0.25,0.5,0.75,0.75,0.75,3

            """".ReplaceLineEndings("\n"));
        Runs.Of(0, []).ToCsv().Should().Be("epoch,step,learningRate,gradientNorm,trainingLoss,validationLoss,seconds\n");
        Runs.Of(1, null).ToCsv().Should().EndWith("\n1,100,0.01,0.5,1,NaN,1.5\n");
    }

    [Fact]
    public void A_history_becomes_JSON()
    {
        Runs.Of(2, ["accuracy"]).ToJson().Should().Be(
            "[{\"epoch\":1,\"step\":100,\"learningRate\":0.01,\"gradientNorm\":0.5,\"trainingLoss\":1,\"validationLoss\":1.25,\"accuracy\":0.5,\"seconds\":1.5},"
            + "{\"epoch\":2,\"step\":200,\"learningRate\":0.005,\"gradientNorm\":0.25,\"trainingLoss\":0.5,\"validationLoss\":0.75,\"accuracy\":0.75,\"seconds\":3}]");
        Runs.Of(0, []).ToJson().Should().Be("[]");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void JSON_has_null_for_what_is_not_finite(double value)
    {
        var history = new History([]);
        history.Add(Runs.Epoch(1, []) with { GradientNorm = value });

        JsonDocument.Parse(history.ToJson()).RootElement[0].GetProperty("gradientNorm").ValueKind.Should().Be(JsonValueKind.Null);
        history.ToCsv().Should().Contain($",{value.ToString(CultureInfo.InvariantCulture)},");
    }

    [Fact]
    public void Numbers_come_back_to_the_bit_in_every_culture()
    {
        var history = new History([]);
        history.Add(Runs.Epoch(1, []) with { TrainingLoss = 0.1 + 0.2, GradientNorm = -1.7976931348623157e308, LearningRate = 5e-324 });

        string[] cells = OtherCulture.Run(history.ToCsv).Split('\n')[1].Split(',');
        cells.Skip(2).Take(3).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).Should().Equal(5e-324, -1.7976931348623157e308, 0.1 + 0.2);
        JsonElement epoch = JsonDocument.Parse(OtherCulture.Run(history.ToJson)).RootElement[0];
        epoch.GetProperty("trainingLoss").GetDouble().Should().Be(0.1 + 0.2);
        epoch.GetProperty("learningRate").GetDouble().Should().Be(5e-324);
    }
}
