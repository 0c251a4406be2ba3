using Google.Protobuf;
using DataType = NeuralNet.Onnx.Schema.TensorProto.Types.DataType;

namespace NeuralNet.Tests;

/// <summary>Small files with many operators and few weights: what is damaged in them is mostly structure.</summary>
internal static class SmallGraphs
{
    /// <summary>Convolutions with padding of every kind, branches that are summed and joined, poolings, and the flattening that PyTorch writes.</summary>
    public static GraphFile Branches()
    {
        var file = new GraphFile(17, 1, 6, 6);
        file.Weight("w", 2, 1, 3, 3).Then("Conv", "w").With("pads", 1, 1, 1, 1).With("group", 1).Then("Relu");
        string trunk = file.Last;
        file.Weight("d", 2, 1, 3, 3).Weight("b", 2).Then("Conv", "d", "b").With("auto_pad", "SAME_UPPER").With("group", 2).Node("Add", file.Last, trunk);
        string sum = file.Last;
        file.Then("MaxPool").With("kernel_shape", 3, 3).With("pads", 1, 1, 1, 1).Node("Concat", sum, file.Last).With("axis", 1);
        string joined = file.Last;
        file.Weight("scale", 4).Weight("shift", 4).Weight("mean", 4).Floats("variance", [4], 1, 2, 0.5f, 1).Node("BatchNormalization", joined, "scale", "shift", "mean", "variance").With("epsilon", 1e-3f);
        string normal = file.Last;
        file.Then("AveragePool").With("kernel_shape", 2, 2).With("strides", 2, 2).With("count_include_pad", 1);
        string pooled = file.Last;
        file.Integers("zero", 0).Integers("rest", -1).Node("Shape", normal).Then("Gather", "zero");
        string shape = file.Last;
        file.Node("Concat", shape, "rest").With("axis", 0);
        return file.Node("Reshape", pooled, file.Last).Weight("fc", 3, 36).Weight("bias", 3).Then("Gemm", "fc", "bias").With("transB", 1).With("alpha", 0.5f).Then("Softmax").With("axis", -1L);
    }

    /// <summary>Products, constants that are computed, the parts of activations and normalisations, and names of classes.</summary>
    public static GraphFile Parts()
    {
        var file = new GraphFile(13, 4);
        file.Weight("w", 4, 3).Weight("b", 3).Number("two", 2).Then("MatMul", "w").Node("Add", file.Last, "b");
        string x = file.Last;
        file.Number("root", 1.4142135f).Then("Div", "root").Then("Erf").Number("one", 1).Then("Add", "one").Node("Mul", x, file.Last).Number("half", 0.5f).Then("Mul", "half");
        string gelu = file.Last;
        file.Then("ReduceMean").With("axes", [-1]).Node("Sub", gelu, file.Last);
        string deviation = file.Last;
        file.Then("Pow", "two").Then("ReduceMean").With("axes", [-1]).Number("epsilon", 1e-5f).Then("Add", "epsilon").Then("Sqrt").Node("Div", deviation, file.Last).Weight("factor", 3).Then("Mul", "factor").Then("Add", "b");
        string normal = file.Last;
        file.Then("Sigmoid").Node("Mul", normal, file.Last).Node("Mul", "b", "two");
        string twice = file.Last;
        file.Weight("v", 2, 3).Node("Add", file.Graph.Node[^2].Output[0], twice).Then("LeakyRelu").With("alpha", 0.1f).Then("Clip", "zero", "six").Number("zero", 0).Number("six", 6).Then("Gemm", "v").With("transB", 1);
        file.Model.MetadataProps.Add(new NeuralNet.Onnx.Schema.StringStringEntryProto { Key = "neuralnet.classes", Value = """["cat", "dog"]""" });
        return file;
    }

    /// <summary>Two thousand products with one weight of whole numbers in as many bytes, as it is or, each time, made of a list of them: a gigabyte of copies as real numbers.</summary>
    public static GraphFile SharedWholeNumbers(bool isReshaped)
    {
        GraphFile file = new GraphFile(17, 256).Tensor("w", DataType.Int8, isReshaped ? [256 * 256] : [256, 256], tensor => tensor.RawData = ByteString.CopyFrom(new byte[256 * 256])).Integers("square", 256, 256);
        for (int i = 0; i < 2000; i++)
        {
            string before = file.Last;
            string weight = isReshaped ? file.Node("Reshape", "w", "square").Last : "w";
            file.Node("MatMul", before, weight);
        }

        return file;
    }
}
