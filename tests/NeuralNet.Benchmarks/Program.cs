using System.Text;
using BenchmarkDotNet.Running;
using NeuralNet.Benchmarks;

// "compare" measures the library beside its peers; anything else goes to BenchmarkDotNet, which measures single kernels.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
if (args is ["compare", .. string[] options])
    return CompareCommand.Run(options);

BenchmarkSwitcher.FromAssembly(typeof(GemmBenchmarks).Assembly).Run(args);
return 0;
