using NeuralNet.Onnx;

namespace NeuralNet.Tests;

/// <summary>Every layer and loss of the library has an ONNX form, and no form is left of one that is gone.</summary>
public class ExportCompletenessTests
{
    [Fact]
    public void Every_kind_of_the_rows_has_a_form_and_every_form_a_row() =>
        ExportTable.BuiltIn.Keys.Should().BeEquivalentTo(LayerCases.All.Select(row => row.Single()).Concat(LossCases.All.Select(row => row.Single())).Select(layer => layer.Describe().Kind).Distinct());

    [Fact]
    public void Every_form_is_of_a_kind_that_is_registered_to_be_created_again() => ExportTable.BuiltIn.Keys.Should().OnlyContain(kind => LayerRegistry.Knows<float>(kind) && LayerRegistry.Knows<double>(kind));
}
